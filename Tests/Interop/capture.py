"""A receiver that keeps every request as it came."""
import gzip
import http.server
import threading


class Capture:
    """Listens on a free port of the loopback interface from the making until the end of the `with` block."""

    def __init__(self):
        self.requests = []
        capture = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if not self.path.startswith("/v1/"):
                    # bench asks whether there is a ledger.
                    self.send_error(404)
                    return
                capture.requests.append((self.path, dict(self.headers.items()), body))
                kind = self.headers["Content-Type"]
                answer = b"{}" if kind == "application/json" else b""
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def do_GET(self):
                self.send_error(404)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def bodies(self, path):
        """Content type, encoding and uncompressed body of every request to a path."""
        for where, headers, body in self.requests:
            if where == path:
                encoding = headers.get("Content-Encoding", "identity")
                yield headers["Content-Type"], encoding, gzip.decompress(body) if encoding == "gzip" else body
