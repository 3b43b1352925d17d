namespace RequestsAsync.Cli.Tests;

public class ShellScriptTests
{
    [Theory]
    [InlineData("curl a b", "curl|a|b")]
    [InlineData("  curl\ta   b  ", "curl|a|b")]
    [InlineData("curl 'a b' \"c d\"", "curl|a b|c d")]
    [InlineData("curl ''", "curl|")]
    [InlineData("curl 'a'\\''b'", "curl|a'b")]
    [InlineData("curl 'a\nb'", "curl|a\nb")]
    [InlineData("curl \"a'b\"", "curl|a'b")]
    [InlineData("curl \"a\\\"b\\\\c\\$d\\`e\\f\"", "curl|a\"b\\c$d`e\\f")]
    [InlineData("curl a\\ b\\'c", "curl|a b'c")]
    [InlineData("curl -H'X: 1'", "curl|-HX: 1")]
    [InlineData("curl a \\\n b", "curl|a|b")]
    [InlineData("curl a \\\r\n b", "curl|a|b")]
    [InlineData("curl \"a\\\nb\"", "curl|ab")]
    [InlineData("curl a # a comment", "curl|a")]
    [InlineData("# a comment\ncurl a", "curl|a")]
    [InlineData("curl a#b", "curl|a#b")]
    [InlineData("$ curl a", "curl|a")]
    [InlineData("curl $'a\\n\\t\\'\\\\\\x41\\101\\u00e9\\U0001F600\\e'", "curl|a\n\t'\\AA\u00e9\U0001F600\u001b")]
    [InlineData("curl $'\\xc3\\xa9'", "curl|\u00e9")]
    [InlineData("curl $'\\q'", "curl|\\q")]
    [InlineData("curl $\"a\"", "curl|a")]
    [InlineData("curl https://h/?a=1\\&b=2", "curl|https://h/?a=1&b=2")]
    [InlineData("curl a$", "curl|a$")]
    [InlineData("curl \"a\"\\", "curl|a\\")]
    public void Words_are_read_as_a_shell_reads_them(string text, string words) =>
        Assert.Equal(words.Split('|'), Assert.Single(Scripts.Words(text)));

    [Theory]
    [InlineData("curl $A ${A} \"$A\" '$A'", "curl|x y|$A")]
    [InlineData("curl \"${NONE:-d}\" \"${EMPTY:-d}\" \"${EMPTY-d}\" \"${A:-d}\"", "curl|d|d||x y")]
    public void Variables_come_from_the_environment(string text, string last)
    {
        string[] words = Assert.Single(Scripts.Words(text, ("A", "x y"), ("EMPTY", "")));

        // Outside of quotes a value is as many words as it has.
        string[] expected = text.StartsWith("curl $A", StringComparison.Ordinal) ? ["curl", "x", "y", "x", "y", .. last.Split('|')[1..]] : last.Split('|');
        Assert.Equal(expected, words);
    }

    [Fact]
    public void A_variable_may_be_set_in_the_text()
    {
        string[][] commands = Scripts.Words("TOKEN='a b'; export HOST=h\ncurl \"$TOKEN\" $HOST/x");

        Assert.Equal(["curl", "a b", "h/x"], Assert.Single(commands));
    }

    [Theory]
    [InlineData(false, "curl|", "the variable NONE is not set, and so it is empty.")]
    [InlineData(true, "curl|${NONE}", "the variable NONE is not set and stays as it is written.")]
    public void A_variable_that_is_not_set_is_told(bool isShown, string words, string note)
    {
        ShellVariables variables = new(static _ => null, isShown);
        ShellScript script = ShellScript.Parse("curl \"${NONE}\"", variables);

        Assert.Equal(words.Split('|'), script.Commands[0].Words.Select(word => word.Text));
        Assert.Equal(["NONE"], variables.Unset);
        Assert.Contains(note, CurlScript.Parse("curl x \"${NONE}\"", Scripts.Host(), isShown).Notes);
    }

    [Theory]
    [InlineData("curl a\ncurl b", "Then,Then")]
    [InlineData("curl a; curl b", "Then,Then")]
    [InlineData("curl a && curl b || curl c", "Then,AndThen,OrElse")]
    [InlineData("curl a &&\ncurl b", "Then,AndThen")]
    [InlineData("curl a | jq . | head", "Then,Pipe,Pipe")]
    [InlineData("curl a & curl b", "Then,Then")]
    public void Commands_follow_one_another(string text, string joints)
    {
        ShellScript script = ShellScript.Parse(text, new ShellVariables(static _ => null, keepUnset: false));

        Assert.Equal(joints, string.Join(',', script.Commands.Select(command => command.Joint)));
    }

    [Theory]
    [InlineData("curl -d @- u <<EOF\na\n b\nEOF\n", "a\n b\n")]
    [InlineData("curl -d @- u <<-EOF\n\ta\n\tEOF\n", "a\n")]
    [InlineData("curl -d @- u <<'EOF'\n$A \\$A\nEOF", "$A \\$A\n")]
    [InlineData("curl -d @- u <<\"EOF\"\n$A\nEOF", "$A\n")]
    [InlineData("curl -d @- u <<EOF\n$A \\$A \\\nb\nEOF", "1 $A b\n")]
    [InlineData("curl -d @- <<EOF u\r\na\r\nEOF\r\n", "a\r\n")]
    [InlineData("curl -d @- u <<< 'a b'", "a b\n")]
    [InlineData("curl -d @- u <<<\"$A\"", "1\n")]
    [InlineData("echo a 'b  c' | curl -d @- u", "a b  c\n")]
    [InlineData("echo -n a | curl -d @- u", "a")]
    [InlineData("printf %s a | curl -d @- u", "a")]
    [InlineData("cat <<EOF | curl -d @- u\na\nEOF", "a\n")]
    [InlineData("echo YSBi | base64 -d | curl -d @- u", "a b")]
    public void The_input_is_what_the_text_says(string text, string input)
    {
        CurlHost host = CurlScript.Parse(text, Scripts.Host(variables: ("A", "1")), isShown: false).Calls[0].Host;

        Assert.Equal(input, host.ReadText("-"));
    }

    [Theory]
    [InlineData("curl 'a", "The single quote has no end.", 5)]
    [InlineData("curl \"a", "The double quote has no end.", 5)]
    [InlineData("curl $'a", "The quote $'…' has no end.", 5)]
    [InlineData("curl ${a", "The brace of the variable has no end.", 5)]
    [InlineData("curl `date`", "A command substitution would run another program", 5)]
    [InlineData("curl \"$(date)\"", "A command substitution would run another program", 6)]
    [InlineData("curl ${a//b/c}", "is a form of variable that is not read here", 5)]
    [InlineData("curl <(date)", "A process substitution would run another program", 5)]
    [InlineData("(curl a)", "A subshell is not read here", 0)]
    [InlineData("curl u <<EOF\na", "The here-document has no end", 7)]
    [InlineData("curl u <<EOF", "The here-document has no end", 7)]
    [InlineData("curl u <", "Here a file's name is missing.", 8)]
    [InlineData("curl $'\\u{1}'", "The escape has no digits.", 9)]
    [InlineData("curl $'\\xff'", "The bytes of this quote are no UTF-8", 5)]
    [InlineData("curl $'\\0'", "A NUL cannot be part of an argument", 7)]
    public void What_cannot_be_read_is_told_with_its_place(string text, string message, int position)
    {
        ShellSyntaxException e = Assert.Throws<ShellSyntaxException>(() => Scripts.Words(text));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Equal(position, e.Position);
    }

    [Fact]
    public void The_caret_stands_under_the_place()
    {
        ShellSyntaxException e = new("", "first\n\tcurl 'x\nlast", 12);

        Assert.Equal((" curl 'x", "      ^"), e.Excerpt);
    }

    [Theory]
    [InlineData("curl u > out.json", "out.json")]
    [InlineData("curl u >> out.json", "out.json")]
    [InlineData("curl u &> out.json", "out.json")]
    [InlineData("curl u 2>/dev/null", null)]
    [InlineData("curl u 2>&1", null)]
    public void Output_is_redirected_by_the_user_alone(string text, string? target)
    {
        IReadOnlyList<string> notes = CurlScript.Parse(text, Scripts.Host(), isShown: false).Notes;

        if (target is null) Assert.Empty(notes);
        else Assert.Contains($"add -o '{target}'", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "''")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("a b\nc", "'a b\nc'")]
    [InlineData("$x`y`\\", "'$x`y`\\'")]
    [InlineData("~/x", "'~/x'")]
    public void A_word_is_quoted_so_that_it_is_read_back(string word, string quoted)
    {
        Assert.Equal(quoted, ShellText.Quote(word));
        Assert.Equal(["curl", word], Assert.Single(Scripts.Words("curl " + quoted)));
    }
}
