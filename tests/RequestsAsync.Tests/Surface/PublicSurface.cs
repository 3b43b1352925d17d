using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace RequestsAsync.Tests;

/// <summary>Writes down what an assembly shows to the world, a line each, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Describe(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in Types(assembly).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append(Bases(type)).Append('\n');
            foreach (string line in Members(type).Where(member => !IsSynthesized(member) || member is ConstructorInfo { DeclaringType.IsAbstract: false } || member.Name == "Invoke")
                .OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(Describe, StringComparer.Ordinal).Select(Describe))
                text.Append("    ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    public static IEnumerable<string> DocumentationIds(Assembly assembly)
    {
        foreach (Type type in Types(assembly))
        {
            yield return "T:" + IdName(type);
            foreach (MemberInfo member in Members(type))
            {
                if (IsSynthesized(member)) continue;
                yield return DocumentationId(member);
            }
        }
    }

    // What stands for an extension block is the compiler's own; its members are those of the class around it too.
    private static IEnumerable<Type> Types(Assembly assembly) => assembly.GetExportedTypes().Where(static type => !type.FullName!.Contains('<', StringComparison.Ordinal));

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(member => member switch
    {
        MethodInfo method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        ConstructorInfo constructor => IsVisible(constructor),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        EventInfo => true,
        _ => false,
    });

    private static bool IsVisible(MethodBase method) => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.Name.Contains('<', StringComparison.Ordinal);

    // Members that the compiler writes: of records and of delegates, and constructors that nobody wrote.
    private static bool IsSynthesized(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.DeclaringType!.IsSubclassOf(typeof(Delegate)) || member is { Name: "EqualityContract" or "PrintMembers" }
        || (member is ConstructorInfo constructor && constructor.GetParameters().Length == 0 && !constructor.DeclaringType!.IsValueType && HasImplicitConstructor(constructor.DeclaringType))
        || (member.Name == "Deconstruct" && (IsRecord(member.DeclaringType!) || member.DeclaringType!.IsValueType));

    private static bool HasImplicitConstructor(Type type) => IsRecord(type) || type.GetConstructors(Declared & ~BindingFlags.Static).Length == 1;

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Bases(Type type)
    {
        if (type.IsEnum || type.IsValueType) return "";
        return type.BaseType is { } parent && parent != typeof(object) ? " : " + Name(parent) : "";
    }

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Modifiers(constructor)}new({Parameters(constructor)})",
        MethodInfo method => $"{Modifiers(method)}{Name(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property => Describe(property),
        FieldInfo field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        _ => member.ToString()!,
    };

    private static string Describe(PropertyInfo property)
    {
        MethodInfo any = property.GetMethod ?? property.SetMethod!;
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"this[{string.Join(", ", parameters.Select(p => Name(p.ParameterType) + " " + p.Name))}]" : property.Name;
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Length > 0;
        string set = property.SetMethod is { } setter && IsVisible(setter) ? isInit ? " init;" : " set;" : "";
        return $"{Modifiers(any)}{Name(property.PropertyType)}{Mark(Nullability.Create(property))} {index} {{{(property.GetMethod is null ? "" : " get;")}{set} }}";
    }

    private static string Modifiers(MethodBase method) =>
        (method.IsFamily ? "protected " : "") + (method.IsStatic ? "static " : "") + (method.IsAbstract ? "abstract " : method is MethodInfo { IsVirtual: true, IsFinal: false } m && m.GetBaseDefinition() != m ? "override " : "");

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(type => type.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.ParameterType.IsByRef ? "out " : "")}{Name(parameter.ParameterType)}{Mark(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "default") : "")}"));

    private static string Mark(NullabilityInfo info) => info.Type.IsValueType || info.Type.IsByRef || info.ReadState != NullabilityState.Nullable ? "" : "?";

    private static string Name(Type type)
    {
        if (type.IsByRef) type = type.GetElementType()!;
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (!type.IsGenericType) return type.Namespace is "System" or "RequestsAsync" || type.IsGenericParameter ? type.Name : type.FullName ?? type.Name;
        string bare = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        return $"{bare}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    // The ids of the C# specification, annex D.
    private static string DocumentationId(MemberInfo member)
    {
        string owner = IdName(member.DeclaringType!);
        switch (member)
        {
            case PropertyInfo property:
                return $"P:{owner}.{property.Name}{Arguments(property.GetIndexParameters())}";
            case FieldInfo field:
                return $"F:{owner}.{field.Name}";
            case ConstructorInfo constructor:
                return $"M:{owner}.#ctor{Arguments(constructor.GetParameters())}";
            case MethodInfo method:
                string arity = method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "";
                string result = method.Name is "op_Implicit" or "op_Explicit" ? "~" + TypeId(method.ReturnType) : "";
                return $"M:{owner}.{method.Name}{arity}{Arguments(method.GetParameters())}{result}";
            default:
                return $"E:{owner}.{member.Name}";
        }
    }

    // A type in another stands behind a dot there.
    private static string IdName(Type type) => type.FullName!.Replace('+', '.');

    private static string Arguments(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => TypeId(parameter.ParameterType)))})";

    private static string TypeId(Type type)
    {
        if (type.IsByRef) return TypeId(type.GetElementType()!) + "@";
        if (type.IsArray) return TypeId(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter) return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        if (!type.IsGenericType) return IdName(type);
        string bare = type.GetGenericTypeDefinition().FullName!;
        return $"{bare[..bare.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(TypeId))}}}";
    }
}
