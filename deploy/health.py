"""Whether `coopgraph serve` answers in this container: exit code 0, or 1 with why on stderr.

In: the port (default 8642), and COOPGRAPH_TOKEN as the server has it. Out: an exit code. Without that
variable the server makes a token up, which nobody here knows: that it asks for one shows that it answers.
"""

import os
import sys
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener


def main(port: str = "8642") -> int:
    token = os.environ.get("COOPGRAPH_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with build_opener(ProxyHandler({})).open(
            Request(f"http://127.0.0.1:{port}/health", headers=headers), timeout=4
        ):
            return 0
    except HTTPError as answer:
        if answer.code == 401 and not token:
            return 0
        sys.stderr.write(f"/health answers {answer.code}.\n")
    except OSError as error:
        sys.stderr.write(f"No answer: {error}.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
