"""Records what Google's SDK sends for the calls in calls.json, into requests.json.

    python3 -m venv VENV && VENV/bin/pip install google-genai && VENV/bin/python -B record.py

To be run again when the prompt changes: the calls have to be what the tests ask for.
"""

import json
import pathlib
import sys
import threading

FOLDER = pathlib.Path(__file__).parent
sys.path.append(str(FOLDER.parent.parent / "TestSupport/FakeGemini"))

import fake_gemini
from google import genai
from google.genai import types

HEADERS = ["content-type", "x-goog-api-key"]


def record(server, call):
    client = genai.Client(
        api_key="test-key", http_options=types.HttpOptions(base_url=server.origin, api_version="v1beta"))
    client.models.generate_content(
        model=call["model"],
        contents=call["prompt"],
        config=types.GenerateContentConfig(
            system_instruction=call["system"],
            max_output_tokens=call["maxOutputTokens"],
            thinking_config=types.ThinkingConfig(**call["thinking"]),
        ),
    )
    request = server.counts.values["requests"][-1]
    request["headers"] = {name: request["headers"][name] for name in HEADERS}
    return request


def main():
    server = fake_gemini.Server()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    calls = json.loads((FOLDER / "calls.json").read_text())
    requests = [record(server, call) for call in calls]
    (FOLDER / "requests.json").write_text(json.dumps(requests, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
