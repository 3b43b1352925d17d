namespace RequestsAsync.SideBySide;

/// <summary>The configuration of the nginx that all clients ask.</summary>
internal static class NginxConfiguration
{
    /// <summary>One worker in the foreground, which logs no request and closes no connection.</summary>
    /// <param name="root">The folder in which everything is.</param>
    /// <param name="plain">The port without TLS.</param>
    /// <param name="secure">The port with TLS and HTTP/1.1.</param>
    /// <param name="multiplexed">The port with TLS and HTTP/2.</param>
    public static string Of(string root, int plain, int secure, int multiplexed) => $$"""
        daemon off;
        worker_processes 1;
        worker_rlimit_nofile 8192;
        pid {{root}}/nginx.pid;
        error_log {{root}}/error.log warn;
        events { worker_connections 4096; }
        http {
          access_log off;
          client_body_temp_path {{root}}/body;
          proxy_temp_path {{root}}/proxy;
          fastcgi_temp_path {{root}}/fastcgi;
          uwsgi_temp_path {{root}}/uwsgi;
          scgi_temp_path {{root}}/scgi;
          sendfile on;
          tcp_nopush on;
          open_file_cache max=16;
          keepalive_requests 1000000000;
          keepalive_timeout 600s;
          http2_max_concurrent_streams 256;
          ssl_certificate {{root}}/cert.pem;
          ssl_certificate_key {{root}}/key.pem;
          server {
            listen 127.0.0.1:{{plain}} backlog=4096;
            listen 127.0.0.1:{{secure}} ssl backlog=4096;
            root {{root}}/www;
            location = /small { default_type application/json; return 200 '{{Document.Text}}'; }
            location / { default_type application/octet-stream; }
          }
          server {
            listen 127.0.0.1:{{multiplexed}} ssl http2 backlog=4096;
            if ($server_protocol != HTTP/2.0) { return 505; }
            location = /small { default_type application/json; return 200 '{{Document.Text}}'; }
          }
        }
        """;
}
