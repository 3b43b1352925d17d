namespace RequestsAsync.Cli;

/// <summary>What <c>--help</c> and <c>requests help</c> say.</summary>
internal static class HelpTexts
{
    /// <summary>The topic that lists every option.</summary>
    public const string Options = "options";

    /// <summary>The topic that explains items.</summary>
    public const string ItemsTopic = "items";

    /// <summary>One screen.</summary>
    public const string Screen = """
        Usage:
          requests [METHOD] URL [ITEM…] [options]
          requests COMMAND              download (files), curl (a pasted curl command), serve (httpbin on this machine),
                                        demo (what concurrency brings), completion (of a shell), man (the page), help

        Items ('requests help items' has all):
          Name:Value  header            name==value  query           name=value   field
          name:=JSON  JSON field        name@FILE    file of a form  @FILE        the whole body
          a[b][]=1    nested JSON       Name:        no such header  X:@F x=@F    value from a file

        Examples:
          requests :3000/users page==2                          GET http://localhost:3000/users?page=2
          requests PUT example.org/users/1 name=Ana age:=31     PUT {"name":"Ana","age":31} over https
          requests -f :/upload note=hello photo@cat.png         POST a form with a file
          requests -a ana --session work example.org/me         credentials and cookies are kept
          requests --offline example.org a[b][]=1               show what would be sent
          requests -d example.org/a.iso                         save a file; again: go on where it was cut off

        Body:    -j --json (usual)  -f --form  --multipart  --boundary TEXT  --raw TEXT  -x --compress  --chunked
                 -I --ignore-stdin   the input is the body where it has data and nothing else gives one
        Output:  -p --print HBhbm  -h --headers  -b --body  -m --meta  -v --verbose  --all  -q --quiet
                 --pretty all|colors|format|none  --style NAME  -S --stream  -o --output FILE
        Files:   -d --download  -c --continue  --checksum sha256=HEX  --overwrite  --har FILE  --curl
        Who:     -a --auth USER[:PASS]  -A --auth-type basic|digest|bearer  --ignore-netrc
                 --session NAME|FILE  --session-read-only NAME|FILE
        Way:     -F --follow  --max-redirects N  --timeout SECONDS  --retry N  --proxy [SCHEME:]URL  --offline
                 --verify yes|no|CA  --cert FILE  --cert-key FILE  --ssl tls1.2|tls1.3  --http-version 1.1|2|3
                 --unix-socket PATH  --resolve HOST:PORT:ADDR  --default-scheme http|https  --max-headers N
        Other:   --no-check-status  --debug  --version  --help      'requests help options' explains each

        The method is GET, or POST with a body. ':3000/x' and ':/x' are on localhost. Without a scheme it is
        http:// for this machine and https:// for every other. What is piped on is the body alone.

        Exit codes:
          0 good, 3/4/5 the answer is 3xx/4xx/5xx, 1 error, 2 timeout, 6 too many redirects,
          7 blocked or invalid request, 64 wrong usage, 130 Ctrl-C
        """;

    private const string Items = """
        Items stand after the URL. The earliest of these separators decides what an item is:

          Name:Value        a header field                 Name:@FILE     its value is the file's text
          Name:             takes a default field away     Name;          sends the field empty
          name==value       a parameter of the query       name==@FILE    its value is the file's text
          name=value        a field: a text                name=@FILE     its value is the file's text
          name:=JSON        a field: any JSON              name:=@FILE    its value is the JSON in the file
          name@FILE         a file, with --form            name@FILE;type=image/png;filename=cat.png
          @FILE             the whole body

        A '\' before : ; = or @ takes its meaning away: a\=b=c is the field 'a=b'.
        After '--' a word may begin with '-'.

        Fields make a JSON object. With --form they make a form, in parts where a file is among them, and with
        --multipart always. A body is also --raw TEXT, or the input: a pipe or a file with data, where nothing else
        gives a body. With no METHOD, or GET, HEAD, DELETE, OPTIONS or TRACE, a pipe has half a second for its first
        byte; with others it is waited for. -I does not look at it.

        Names of JSON fields are paths:

          user[name]=Ana                    {"user":{"name":"Ana"}}
          tags[]=a tags[]=b                 {"tags":["a","b"]}
          rows[0][id]:=1 rows[2]:=3         {"rows":[{"id":1},null,3]}
          []:=1 []:=2                       [1,2]
          [0][k]=v                          [{"k":"v"}]
          map[\1]=x                         {"map":{"1":"x"}}
          a\[b\]=x                          {"a[b]":"x"}
        """;

    /// <summary>The text about a topic, or <see langword="null"/>.</summary>
    public static string? Find(string topic) => topic == ItemsTopic ? Items : null;
}
