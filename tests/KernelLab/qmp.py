"""Speaks to QEMU's monitor (QMP) on a Unix socket: qmp.py SOCKET COMMAND | --await-running SECONDS | --await-migration SECONDS."""
import json
import socket
import sys
import time


class Monitor:
    def __init__(self, path):
        deadline = time.monotonic() + 10
        while True:
            try:
                self.socket = socket.socket(socket.AF_UNIX)
                self.socket.connect(path)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        self.socket.settimeout(120)
        self.lines = self.socket.makefile("r", encoding="utf-8")
        self.lines.readline()
        self.call("qmp_capabilities")

    def call(self, command, **arguments):
        self.socket.sendall((json.dumps({"execute": command, "arguments": arguments}) + "\n").encode())
        while True:
            line = self.lines.readline()
            if not line:
                sys.exit("qmp: the monitor hung up")
            answer = json.loads(line)
            if "error" in answer:
                sys.exit("qmp: " + answer["error"]["desc"])
            if "return" in answer:
                return answer["return"]

    def wait(self, seconds, is_done):
        deadline = time.monotonic() + seconds
        while not is_done():
            if time.monotonic() > deadline:
                sys.exit("qmp: not within %g s" % seconds)
            time.sleep(0.1)

    def has_migrated(self):
        status = self.call("query-migrate").get("status")
        if status in ("failed", "cancelled"):
            sys.exit("qmp: the state could not be saved")
        return status == "completed"


monitor = Monitor(sys.argv[1])
if sys.argv[2] == "--await-running":
    monitor.wait(float(sys.argv[3]), lambda: monitor.call("query-status")["status"] != "inmigrate")
    # A state that was saved while the guest stood still stands still when it comes back.
    monitor.call("cont")
elif sys.argv[2] == "--await-migration":
    monitor.wait(float(sys.argv[3]), monitor.has_migrated)
else:
    said = monitor.call("human-monitor-command", **{"command-line": " ".join(sys.argv[2:])})
    # The human monitor has no exit status; it says what it objects to.
    if said.startswith("Error"):
        sys.exit("qmp: " + said.strip())
    print(said.strip())
