namespace RequestsAsync.Interop;

/// <summary>Configurations of nginx that write nowhere but in a folder of their own.</summary>
internal static class NginxConfiguration
{
    /// <summary>The configuration of an nginx in the foreground.</summary>
    /// <param name="root">Its folder.</param>
    /// <param name="http">What stands in the http block.</param>
    public static string Of(string root, string http) => $$"""
        daemon off;
        worker_processes 1;
        pid {{root}}/nginx.pid;
        error_log {{root}}/error.log warn;
        events { worker_connections 128; }
        http {
        access_log off;
        client_body_temp_path {{root}}/body;
        proxy_temp_path {{root}}/proxy;
        fastcgi_temp_path {{root}}/fastcgi;
        uwsgi_temp_path {{root}}/uwsgi;
        scgi_temp_path {{root}}/scgi;
        {{http}}
        }
        """;
}
