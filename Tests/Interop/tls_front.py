"""A TLS front: passes what comes in over TLS on to a plain port of this machine, and the answers back.

Usage: tls_front.py CERTIFICATE KEY PORT; prints the port that it listens on.
"""

import asyncio
import ssl
import sys


async def pass_on(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except (ConnectionError, ssl.SSLError):
        pass  # Either side may end a connection as it likes.
    finally:
        writer.close()


async def main(certificate, key, port):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def serve(reader, writer):
        answers, requests = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, requests), pass_on(answers, writer))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
