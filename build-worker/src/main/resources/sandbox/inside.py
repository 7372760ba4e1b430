"""First process in the sandbox: carries the sandbox's loopback to the worker's feed proxy, runs the
command as its child and ends with the command's status.

inside.py PORT SOCKET COMMAND...
"""
import os
import socket
import subprocess
import sys
import threading


def pump(source, sink):
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def carry(client, path):
    with client, socket.socket(socket.AF_UNIX) as proxy:
        try:
            proxy.connect(path)
        except OSError:
            return
        there = threading.Thread(target=pump, args=(client, proxy), daemon=True)
        there.start()
        pump(proxy, client)
        there.join(60)


def listen(server, path):
    while True:
        client, _ = server.accept()
        threading.Thread(target=carry, args=(client, path), daemon=True).start()


def main():
    port, path, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    os.umask(0o022)  # an Image Builder refuses any other
    server = socket.create_server(("127.0.0.1", port), backlog=64)
    threading.Thread(target=listen, args=(server, path), daemon=True).start()
    status = subprocess.run(command, stdin=subprocess.DEVNULL).returncode
    sys.stdout.flush()
    os._exit(status if status >= 0 else 128 - status)


main()
