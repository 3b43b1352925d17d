namespace RequestsAsync.Cli;

/// <summary>What <c>--help</c> and <c>requests help</c> say.</summary>
internal static class HelpTexts
{
    /// <summary>The topic that lists every option.</summary>
    public const string Options = "options";

    /// <summary>The topic that explains items.</summary>
    public const string ItemsTopic = "items";

    /// <summary>One screen of 80 columns and 24 lines, with the line that is typed next.</summary>
    public const string Screen = """
        Usage: requests [METHOD] URL [ITEM…] [options]        (GET, or POST with a body)
               requests download|bulk|curl|serve|demo|completion|man|help … [--help]
        Items: Name:Value header   n==v query    n=v field       n:=JSON JSON field
               Name: no header     n@FILE file   @FILE the body  n=@FILE a file's text
               requests PUT :3000/users/1 name=Ana age:=31 'tags[]=a' page==2 X-Token:1
        Body:  -j --json  -f --form  --multipart  --boundary TEXT  --raw TEXT  --chunked
               -x --compress  -I --ignore-stdin (a pipe or file with data is the body)
        Print: -p --print HBhbm  -h --headers  -b --body  -m --meta  -v --verbose  --all
               -q --quiet  -S --stream  -s --style NAME  --pretty all|colors|format|none
               --[un]sorted  --format-options …  --response-charset …  --response-mime …
        Files: -d --download  -o --output FILE  -c --continue  --overwrite
               --checksum sha256=HEX  --har FILE  --curl
        Who:   -a --auth USER[:PASS]  -A --auth-type basic|digest|bearer  --ignore-netrc
               --session NAME|FILE  --session-read-only NAME|FILE
        Way:   -F --follow  --max-redirects N  --timeout SECONDS  --retry N  --offline
               --proxy [SCHEME:]URL  --verify yes|no|CA  --cert FILE  --cert-key FILE
               --ssl tls1.2|tls1.3  --ciphers NAMES  --http-version 1.1|2|3
               --unix-socket PATH  --resolve HOST:PORT:ADDR  --default-scheme http|https
        Other: --no-OPTION takes one back  --no-check-status  --max-headers N  --debug
        URL:   ':3000/x' is on localhost. Without a scheme: http there, https elsewhere.
        Exit:  0 good; 3 4 5: 3xx 4xx 5xx; 1 error; 2 timeout; 6 redirects; 7 invalid;
               10 bulk with errors; 64 usage; 130 Ctrl-C; 141 no reader; 143 SIGTERM
        More:  requests help items|options|COMMAND
        """;

    private const string Items = """
        Items stand after the URL. The earliest of these separators decides what one is:

          Name:Value      a header field; 'Name:' takes a default one away
          Name;           a header field without a value
          name==value     a parameter of the query
          name=value      a field: a text
          name:=JSON      a field: any JSON
          name@FILE       a file, with --form; also FILE;type=image/png;filename=cat.png
          @FILE           the whole body

        Name:@FILE, name==@FILE, name=@FILE and name:=@FILE take the value from a file.
        A '\' before : ; = or @ takes its meaning away: a\=b=c is the field 'a=b'.
        After '--' a word may begin with '-'.

        Fields make a JSON object. With --form they make a form, in parts where a file
        is among them, and with --multipart always. A body is also --raw TEXT, or the
        input: a pipe or a file with data, where nothing else gives a body. With no
        METHOD, or GET, HEAD, DELETE, OPTIONS or TRACE, a pipe has half a second for its
        first byte; with others it is waited for. -I does not look at it.

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
