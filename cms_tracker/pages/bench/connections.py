"""So many connections that ask for one address again and again, as plainly as can be: ``python -m …connections``.

What asks shares the machine with what answers, so it does nothing but write and read bytes.
Prints one object of JSON.
"""

import json
import socket
import sys
import threading
import time


def main(port: int, address: str, cookie: str, connections: int, seconds: float) -> None:
    """Ask for so long, each connection one request after the other."""
    head = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode()
    taken: list[float] = []
    failed: list[int] = []
    began = time.perf_counter()

    def ask() -> None:
        while (start := time.perf_counter()) - began < seconds:
            status = _asked(port, head)
            taken.append((time.perf_counter() - start) * 1000)
            if status != b"200":
                failed.append(1)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {"seconds": time.perf_counter() - began, "taken": taken, "failed": len(failed)}
    sys.stdout.write(json.dumps(told) + "\n")


def _asked(port: int, head: bytes) -> bytes:
    """The status of one answer, read to its end."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(head)
        first = line.recv(65536)
        while line.recv(65536):
            pass
    return first[9:12]


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
