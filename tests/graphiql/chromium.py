"""A headless Chromium, spoken to over the pipe of its DevTools protocol: no driver, no Node, no open port."""

import asyncio
import base64
import json
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

COMMAND = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--window-size=1440,900",
    "--remote-debugging-pipe",
]
_FROM_PIPES = 'exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'  # the protocol reads at 3 and writes at 4
_PATIENCE = 30.0

Message = dict[str, Any]


@dataclass
class Tab:
    """One page, with all that it asked the network for and all that it complained of."""

    process: Process
    session: str = ""
    requests: list[Message] = field(default_factory=list[Message])
    complaints: list[str] = field(default_factory=list[str])
    _loaded: asyncio.Event = field(default_factory=asyncio.Event)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _answers: dict[int, asyncio.Future[Message]] = field(default_factory=dict[int, "asyncio.Future[Message]"])

    async def send(self, method: str, *, session: str | None = None, **params: object) -> Message:
        """The answer to one command."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        self._write(number, method, self.session if session is None else session, params)
        return await asyncio.wait_for(answer, _PATIENCE)

    async def listen(self) -> None:
        """Take what the browser says until it ends."""
        assert self.process.stdout
        with suppress(asyncio.IncompleteReadError):
            while True:
                message: Message = json.loads((await self.process.stdout.readuntil(b"\0"))[:-1])
                if answer := self._answers.pop(message.get("id", 0), None):
                    answer.set_result(message.get("result", {}) | {"error": message.get("error")})
                elif "method" in message:
                    self._notice(message["method"], message["params"])

    async def open(self, url: str) -> None:
        """Go to `url` and wait until GraphiQL has its schema and stands ready."""
        for address in ("about:blank", url):  # by way of nowhere, so that another fragment is another page
            self._loaded.clear()
            await self.send("Page.navigate", url=address)
            await asyncio.wait_for(self._loaded.wait(), _PATIENCE)
        await self.wait_for("document.querySelector('.graphiql-query-editor .view-line')")
        await self.wait_for("document.querySelector('.graphiql-doc-explorer-content')?.innerText.includes('query')")

    async def evaluate(self, script: str) -> Any:
        """What `script` comes to."""
        answer = await self.send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def wait_for(self, condition: str) -> None:
        """Wait until `condition` holds."""
        look = f"(function look() {{ ({condition}) ? done() : setTimeout(look, 50); }})()"
        await self.evaluate(f"new Promise((done) => {{ {look} }})")

    async def click(self, selector: str, *, nth: int = 0) -> None:
        """Press the left button over the middle of an element."""
        place = await self.evaluate(
            f"""(() => {{
                const element = document.querySelectorAll({json.dumps(selector)})[{nth}];
                element.scrollIntoView({{ block: 'nearest' }});
                const box = element.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
            }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            await self.send("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    async def press(self, key: str, code: int, *, control: bool = False) -> None:
        """Press a key, and let it go."""
        pressed = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 if control else 0}
        await self.send("Input.dispatchKeyEvent", type="rawKeyDown", **pressed)
        await self.send("Input.dispatchKeyEvent", type="keyUp", **pressed)

    async def write(self, text: str) -> None:
        """Put `text` where the cursor stands."""
        await self.send("Input.insertText", text=text)

    async def choose(self, label: str, option: str) -> None:
        """Pick an option of the list that `label` names."""
        await self.evaluate(
            f"""(() => {{
                const label = [...document.querySelectorAll('label')].find((each) => each.innerText === {label!r});
                const option = [...label.control.options].find((each) => each.text === {option!r});
                const set = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set;
                set.call(label.control, option.value);
                label.control.dispatchEvent(new Event('change', {{ bubbles: true }}));
            }})()"""
        )

    async def picture(self) -> bytes:
        """What the page looks like, as PNG."""
        shot = await self.send("Page.captureScreenshot", format="png")
        return base64.b64decode(shot["data"])

    def _write(self, number: int, method: str, session: str, params: object) -> None:
        assert self.process.stdin
        message = {"id": number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        self.process.stdin.write(json.dumps(message).encode() + b"\0")

    def _notice(self, method: str, params: Message) -> None:
        match method:
            case "Page.loadEventFired":
                self._loaded.set()
            case "Network.requestWillBeSent":
                self.requests.append(params["request"])
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(params["exceptionDetails"]))
            case "Log.entryAdded":
                self.complaints.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
            case "Target.attachedToTarget":
                self._watch(params["sessionId"])
            case _:
                pass

    def _watch(self, session: str) -> None:
        for method in ("Network.enable", "Runtime.enable", "Runtime.runIfWaitingForDebugger"):
            self._write(next(self._numbers), method, session, {})


@asynccontextmanager
async def chromium(profile: Path) -> AsyncIterator[Tab]:
    """A new browser with one tab, closed at the end."""
    assert COMMAND
    process = await asyncio.create_subprocess_exec(
        *["/bin/sh", "-c", _FROM_PIPES, "sh", COMMAND, *_FLAGS, f"--user-data-dir={profile}"],
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        limit=2**26,
    )
    tab = Tab(process)
    listening = asyncio.create_task(tab.listen())
    try:
        target = await tab.send("Target.createTarget", url="about:blank")
        attached = await tab.send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        tab.session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            await tab.send(f"{domain}.enable")
        await tab.send("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        yield tab
        await tab.send("Browser.close", session="")
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 5)
        if process.returncode is None:
            process.kill()
        await process.wait()
        await listening
