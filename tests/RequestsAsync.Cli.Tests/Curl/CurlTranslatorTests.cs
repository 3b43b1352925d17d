namespace RequestsAsync.Cli.Tests;

public sealed class CurlTranslatorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("curl-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("curl h", "GET", "http://h", null)]
    [InlineData("curl https://h/x -I", "HEAD", "https://h/x", null)]
    [InlineData("curl h -d a=1 -d b=2", "POST", "http://h", "a=1&b=2")]
    [InlineData("curl h -X PUT -d a", "PUT", "http://h", "a")]
    [InlineData("curl h --data-raw @a", "POST", "http://h", "@a")]
    [InlineData("curl h -G -d a=1 -d b", "GET", "http://h?a=1&b", null)]
    [InlineData("curl 'h/x?z#f' -G -d a=1", "GET", "http://h/x?z&a=1#f", null)]
    [InlineData("curl h -G -I -d a", "HEAD", "http://h?a", null)]
    [InlineData("curl h --data-urlencode 'a b' --data-urlencode 'n=ä&' --data-urlencode '==x'", "POST", "http://h", "a+b&n=%C3%A4%26&%3Dx")]
    [InlineData("curl h --data-urlencode 'user@home=a b'", "POST", "http://h", "user@home=a+b")]
    [InlineData("curl h --data-urlencode '@home=a b'", "POST", "http://h", "@home=a+b")]
    [InlineData("curl http:/h/x", "GET", "http://h/x", null)]
    [InlineData("curl HTTP:///h/x", "GET", "HTTP://h/x", null)]
    [InlineData("curl http:80/x", "GET", "http://http:80/x", null)]
    [InlineData("curl h --url-query 'a=b c' --url-query +raw%20x", "GET", "http://h?a=b+c&raw%20x", null)]
    [InlineData("curl h --json '{' --json '}'", "POST", "http://h", "{}")]
    [InlineData("curl HTTPS://h --proto-default https", "GET", "HTTPS://h", null)]
    [InlineData("curl h --proto-default https", "GET", "https://h", null)]
    [InlineData("curl h -d ''", "POST", "http://h", "")]
    public void Method_url_and_content_are_those_of_curl(string command, string method, string url, string? content)
    {
        DescribedRequest request = Scripts.Request(command);

        Assert.Equal((method, url, content), (request.Method, request.Url, request.Text()));
    }

    [Theory]
    [InlineData("curl h -d a", "Content-Type", null)]
    [InlineData("curl h -H 'X-A: 1' -H 'X-A:2'", "X-A", "1")]
    [InlineData("curl h -H 'X-A;'", "X-A", "")]
    [InlineData("curl h -H 'Accept:'", "Accept", "(none)")]
    [InlineData("curl h -H nonsense", "nonsense", null)]
    [InlineData("curl h -A me", "User-Agent", "me")]
    [InlineData("curl h -A me -H 'user-agent: you'", "User-Agent", "you")]
    [InlineData("curl h -A ''", "User-Agent", "(none)")]
    [InlineData("curl h -e ref", "Referer", "ref")]
    [InlineData("curl h -e 'ref;auto'", "Referer", "ref")]
    [InlineData("curl h -r 1-2", "Range", "bytes=1-2")]
    [InlineData("curl h -r 600", "Range", "bytes=600-")]
    [InlineData("curl h -C 7", "Range", "bytes=7-")]
    [InlineData("curl h --json 1", "Accept", "application/json")]
    [InlineData("curl h", "Accept-Encoding", "(none)")]
    [InlineData("curl h --compressed", "Accept-Encoding", null)]
    [InlineData("curl h -H 'Accept-Encoding: gzip'", "Accept-Encoding", "gzip")]
    [InlineData("curl h -H 'Host: a' -H 'Host: b'", "Host", "a")]
    [InlineData("curl h -z 'dec 12 12:00:00 1999 GMT'", "If-Modified-Since", "Sun, 12 Dec 1999 12:00:00 GMT")]
    [InlineData("curl h -z '-20200102'", "If-Unmodified-Since", "Thu, 02 Jan 2020 00:00:00 GMT")]
    [InlineData("curl h -b a", "Cookie", null)]
    [InlineData("curl h -b 'a=b; c'", "Cookie", "a=b; c")]
    public void Header_fields_are_those_of_curl(string command, string name, string? value) => Assert.Equal(value, Scripts.Request(command).Header(name));

    [Theory]
    [InlineData("curl h -d a", "application/x-www-form-urlencoded")]
    [InlineData("curl h --json 1", "application/json")]
    [InlineData("curl h -d a -H 'Content-Type: x/y'", null)]
    [InlineData("curl h -d a -H 'Content-Type:'", null)]
    public void Content_has_the_type_of_its_option_unless_a_header_names_one(string command, string? type) =>
        Assert.Equal(type, Assert.IsType<DescribedContent.Bytes>(Scripts.Request(command).Content).ContentType);

    [Fact]
    public void Cookies_that_are_pairs_last_over_redirects() =>
        Assert.Equal([new("a", "b"), new("c", "d=e"), new("f", "g")], Scripts.Request("curl h -b 'a=b; c=d=e' -b f=g").Cookies);

    [Theory]
    [InlineData("curl h -b a=b -H 'Cookie: f=g'", "f=g")]
    [InlineData("curl h -b a=b -H 'Cookie:'", "")]
    public void A_cookie_field_stands_in_for_cookies_given_otherwise(string command, string sent)
    {
        DescribedRequest request = Scripts.Request(command);

        Assert.Equal(sent, string.Join("; ", request.Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nServer: x\r\nSet-Cookie: a=b; path=/\r\nset-cookie: c=d; domain=.other.example; secure\r\n\r\n", "a=b@h c=d@other.example", 0)]
    [InlineData("# Netscape\nh\tFALSE\t/\tFALSE\t0\ta\tb\nh\tFALSE\t/\tFALSE\t0\n\nh\tFALSE\t/\tFALSE\t0\tc\td\n", "a=b@h c=d@h", 1)]
    [InlineData("", "", 0)]
    public void A_cookie_file_is_read_line_by_line(string file, string cookies, int notes)
    {
        File.WriteAllText(Path.Combine(_folder, "jar"), file);
        List<string> noted = [];

        CookieJar jar = CurlCookies.Jar([Scripts.Operation("curl h -b jar")], Scripts.Host(_folder), noted.Add);

        Assert.Equal(cookies, string.Join(' ', jar.OrderBy(static cookie => cookie.Name).Select(static cookie => $"{cookie.Name}={cookie.Value}@{cookie.Domain}")));
        Assert.Equal(notes, noted.Count);
    }

    [Theory]
    [InlineData("curl h -u me:p:w", "Basic", "me", "p:w")]
    [InlineData("curl h -u me: --digest", "Digest", "me", "")]
    [InlineData("curl h --digest --basic -u a:b", "Basic", "a", "b")]
    [InlineData("curl h --anyauth -u a:b", "Any", "a", "b")]
    [InlineData("curl h --oauth2-bearer tok", "Bearer", "", "tok")]
    [InlineData("curl --digest http://a%20b:c@h/", "Digest", "a b", "c")]
    [InlineData("curl h -n", "Netrc", "", "")]
    [InlineData("curl h --netrc-file x", "Netrc", "", "x")]
    public void Credentials_are_proved_as_asked(string command, string scheme, string user, string secret) =>
        Assert.Equal(new DescribedAuth(Enum.Parse<DescribedAuthScheme>(scheme), user, secret), Scripts.Request(command).Auth);

    [Theory]
    [InlineData("curl h -u a:b -H 'Authorization: x'")]
    [InlineData("curl http://a:b@h/")]
    public void Credentials_by_hand_and_in_the_url_stand_for_themselves(string command) => Assert.Null(Scripts.Request(command).Auth);

    [Fact]
    public void Patterns_stand_for_many_files_too()
    {
        File.WriteAllText(Path.Combine(_folder, "a1"), "");
        File.WriteAllText(Path.Combine(_folder, "a2"), "");
        DescribedRequest[] requests = Scripts.Describe("curl -T 'a[1-2]' http://h/ http://h/get", Scripts.Host(_folder));

        Assert.Equal(["PUT http://h/a1", "PUT http://h/a2", "GET http://h/get"], requests.Select(request => $"{request.Method} {request.Url}"));
    }

    [Fact]
    public void A_file_may_hold_the_urls() =>
        Assert.Equal(["http://h/a", "http://h/b"], Scripts.Describe("curl --url @-", Scripts.Host(input: "# remark\nh/a\n\n h/b \n")).Select(request => request.Url));

    [Fact]
    public void A_form_keeps_the_parameters_of_its_type()
    {
        Assert.StartsWith("multipart/form-data; charset=utf-8; boundary=", Scripts.Request("curl h -F a=b -H 'Content-Type: multipart/form-data; charset=utf-8'").Header("Content-Type"), StringComparison.Ordinal);
        Assert.Null(Scripts.Request("curl h -F a=b -H 'Content-Type: multipart/form-data'").Header("Content-Type"));
    }

    [Fact]
    public void Files_are_read_as_their_option_says()
    {
        File.WriteAllText(Path.Combine(_folder, "a"), "x\r\ny\n");
        CurlHost host = Scripts.Host(_folder, input: "in\n");

        Assert.Equal("xy", Scripts.Request("curl h -d @a", host).Text());
        Assert.Equal("in&xy&a+x=1&f=x%0D%0Ay%0A", Scripts.Request("curl h -d @- -d @a --data-raw 'a+x=1' --data-urlencode f@a", host).Text());
        Assert.Equal(new DescribedContent.File("a", "application/x-www-form-urlencoded"), Scripts.Request("curl h --data-binary @a", host).Content);
        Assert.Equal(new DescribedContent.Input(ContentType: null), Scripts.Request("curl h -T -", host).Content);
        DescribedRequest upload = Scripts.Request("curl -T a http://h/dir/?q", host);
        Assert.Equal(("PUT", "http://h/dir/a?q"), (upload.Method, upload.Url));
        Assert.Equal("http://h/b", Scripts.Request("curl -T a http://h/b", host).Url);
        Assert.Contains("no file 'none'", Assert.Throws<CommandException>(() => Scripts.Request("curl h -d @none", host)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("n=v", "n", null, null, "v")]
    [InlineData("n=v;type=a/b;x=y", "n", null, "a/b;x=y", "v")]
    [InlineData("n=\"a;b\\\"\\\\\";type=a/b", "n", null, "a/b", "a;b\"\\")]
    [InlineData("n=\"a\"b", "n", null, null, "\"a\"b")]
    [InlineData("n=<f.txt", "n", null, null, "text")]
    [InlineData("n=@f.txt", "n", "f.txt", "text/plain", null)]
    [InlineData("n=@f.txt;filename=\"x;y\";type=a/b", "n", "x;y", "a/b", null)]
    [InlineData("n=@f.txt;filename=p.png", "n", "p.png", "image/png", null)]
    public void A_part_of_a_form_is_read_as_curl_reads_it(string form, string name, string? fileName, string? type, string? content)
    {
        File.WriteAllText(Path.Combine(_folder, "f.txt"), "text");
        DescribedPart part = CurlForm.Read(new(form, IsLiteral: false), Scripts.Host(_folder));

        Assert.Equal((name, fileName, type), (part.Name, part.FileName, part.ContentType));
        Assert.Equal(content is null ? "f.txt" : null, part.Path);
        if (content is not null) Assert.Equal(content, System.Text.Encoding.UTF8.GetString(part.Content.Span));
    }

    [Fact]
    public void A_part_of_a_form_may_have_headers()
    {
        DescribedPart part = CurlForm.Read(new("n=v;headers=\"X-A: 1; 2\";encoder=8bit", IsLiteral: false), Scripts.Host());

        Assert.Equal([new("X-A", "1; 2"), new("Content-Transfer-Encoding", "8bit")], part.Headers);
        Assert.Equal("@x;type=y", System.Text.Encoding.UTF8.GetString(CurlForm.Read(new("n=@x;type=y", IsLiteral: true), Scripts.Host()).Content.Span));
    }

    [Theory]
    [InlineData("curl h -d a -F b=c", "a request has one content")]
    [InlineData("curl h -I -d a", "a request has one content")]
    [InlineData("curl ftp://h/", "is not supported: this command speaks http and https.")]
    [InlineData("curl -F x=y -H 'Content-Type: multipart/related' h", "is not supported")]
    [InlineData("curl -F '=(;type=multipart/mixed' h", "is not supported")]
    [InlineData("curl -F 'x=y;nope=1' h", "'nope' in a field of a form is not supported")]
    [InlineData("curl -u me h", "has no password")]
    [InlineData("curl h -z never", "is neither a date nor a file")]
    [InlineData("curl --path-as-is http://h/a/../b", "is not supported for this URL")]
    [InlineData("curl 'http://h/[1-'", "a '[' without its end at position 9")]
    public void What_makes_no_sense_is_told(string command, string message) =>
        Assert.Contains(message, Assert.Throws<CommandException>(() => Scripts.Describe(command)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("h/{a,b}/[1-2]", "h/a/1 h/a/2 h/b/1 h/b/2")]
    [InlineData("h/[08-10]", "h/08 h/09 h/10")]
    [InlineData("h/[a-e:2]", "h/a h/c h/e")]
    [InlineData("h/[0-20:10]x", "h/0x h/10x h/20x")]
    [InlineData("http://[::1]/x", "http://[::1]/x")]
    [InlineData("h/\\{a\\}[]", "h/{a}[]")]
    public void Patterns_stand_for_many_urls(string pattern, string urls) => Assert.Equal(urls.Split(' '), CurlGlob.Expand(pattern).Select(glob => glob.Url));

    [Theory]
    [InlineData("h/[b-a]")]
    [InlineData("h/[a-1]")]
    [InlineData("h/[1-2:0]")]
    [InlineData("h/{a")]
    [InlineData("h/a}")]
    [InlineData("h/{}")]
    [InlineData("h/[1-900000000]")]
    public void A_pattern_that_makes_no_sense_is_told(string pattern) => Assert.Throws<CommandException>(() => CurlGlob.Expand(pattern).ToArray());

    [Fact]
    public void A_file_is_named_by_what_a_pattern_became()
    {
        DescribedRequest[] requests = Scripts.Describe("curl 'h/{a,b}/[1-2]' -o 'x_#1_#2' h/c -O h/d --output-dir out");

        Assert.Equal(["out/x_a_1", "out/x_a_2", "out/x_b_1", "out/x_b_2", "out/c", null], requests.Select(request => request.Output.Path));
    }

    [Theory]
    [InlineData("Tue, 15 Nov 1994 12:45:26 GMT", "1994-11-15T12:45:26")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37")]
    [InlineData("06 Nov 2020", "2020-11-06T00:00:00")]
    [InlineData("2020-11-06 10:00:00 +0200", "2020-11-06T08:00:00")]
    [InlineData("20201106", "2020-11-06T00:00:00")]
    [InlineData("31 Feb 2020", null)]
    [InlineData("tomorrow", null)]
    public void A_date_is_read_in_many_forms(string text, string? expected) =>
        Assert.Equal(expected, CurlDate.Parse(text)?.ToString("s", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("-x proxy", "http", "proxy", 1080)]
    [InlineData("-x proxy:3128", "http", "proxy", 3128)]
    [InlineData("-x https://proxy", "https", "proxy", 443)]
    [InlineData("-x socks://proxy", "socks4", "proxy", 1080)]
    [InlineData("--socks5-hostname proxy:1", "socks5h", "proxy", 1)]
    [InlineData("-x http://[::1]:1/", "http", "[::1]", 1)]
    [InlineData("-x ''", "", "", 0)]
    public void A_proxy_is_named_as_for_curl(string option, string scheme, string host, int port)
    {
        Proxy proxy = CurlProxy.Of(Scripts.Operation($"curl h {option}"))!;

        Assert.Equal((scheme, host, port), (proxy.Scheme, proxy.Host, proxy.Port));
    }

    [Theory]
    [InlineData("curl http://h/", "http_proxy=proxy:1", "http://proxy:1")]
    [InlineData("curl http://h/", "HTTP_PROXY=proxy:1", null)]
    [InlineData("curl https://h/", "http_proxy=proxy:1", null)]
    [InlineData("curl https://h/", "HTTPS_PROXY=socks5://proxy:1", "socks5://proxy:1")]
    [InlineData("curl https://h/", "all_proxy=proxy:1", "http://proxy:1")]
    [InlineData("curl http://a.h/", "http_proxy=proxy:1 no_proxy=x,.h", null)]
    [InlineData("curl http://ah/", "http_proxy=proxy:1 no_proxy=h", "http://proxy:1")]
    [InlineData("curl http://10.1.2.3/", "http_proxy=proxy:1 NO_PROXY=10.0.0.0/8", null)]
    [InlineData("curl http://11.1.2.3/", "http_proxy=proxy:1 NO_PROXY=10.0.0.0/8", "http://proxy:1")]
    [InlineData("curl http://h/ --noproxy ''", "http_proxy=proxy:1 NO_PROXY=h", "http://proxy:1")]
    [InlineData("curl http://h/ --noproxy '*'", "http_proxy=proxy:1", null)]
    [InlineData("curl http://h/ -x own:2", "http_proxy=proxy:1", "http://own:2")]
    [InlineData("curl http://h/ -x own:2", "NO_PROXY=h", null)]
    [InlineData("curl http://h/ -x ''", "http_proxy=proxy:1", null)]
    public void The_environment_names_a_proxy_as_for_curl(string command, string variables, string? proxy)
    {
        CurlHost host = Scripts.Host(variables: [.. variables.Split(' ').Select(variable => (variable.Split('=')[0], variable.Split('=')[1]))]);
        DescribedRequest request = Scripts.Request(command, host);
        string written = request.ToRequest(host, []).ToCurl(CurlSession.Options(request.Settings, CookieJar.None, host));

        Assert.Equal(proxy is not null, written.Contains("--proxy ", StringComparison.Ordinal));
        if (proxy is not null) Assert.Contains($"--proxy {proxy} ", written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_session_is_as_patient_as_curl()
    {
        SessionOptions usual = CurlSession.Options(Scripts.Operation("curl h"), CookieJar.None, Scripts.Host());
        SessionOptions own = CurlSession.Options(Scripts.Operation("curl h -L --max-redirs 3 -m 5 --connect-timeout 1 --retry 2 -k --resolve a:443:127.0.0.1,[::1] -4 --http2-prior-knowledge"), CookieJar.None, Scripts.Host());

        Assert.Equal((false, 50, Timeouts.Infinite), (usual.FollowRedirects, usual.MaxRedirects, usual.Timeout.Total));
        Assert.Equal((true, 3, TimeSpan.FromSeconds(5), 3, false), (own.FollowRedirects, own.MaxRedirects, own.Timeout.Total, own.Retry!.Attempts, own.Tls.Verify));
        Assert.Equal(["127.0.0.1", "::1"], own.Connection.Hosts["a:443"]);
        Assert.Equal(new Version(2, 0), own.HttpVersion);
    }
}
