import assert from "node:assert/strict";
import { test } from "node:test";
import { apply } from "../../Sources/EditorPage/Page/change.js";
import { Replica } from "../../Sources/EditorPage/Page/replica.js";
import { forSeeds } from "./random.mjs";
import { SimulatedServer, settle } from "./simulated_server.mjs";

/** Lets three clients edit at random, over connections that break, and then come to rest. */
function simulate(random, policy, { restarts = false } = {}) {
  const server = new SimulatedServer(random.text(), policy);
  const clients = [server.add(), server.add(), server.add()];
  for (let step = 0; step < 150; step++) {
    const client = clients[random.below(clients.length)];
    switch (random.below(restarts ? 13 : 12)) {
      case 0: case 1: case 2: client.edit(random.change(client.replica.text)); break;
      case 3: case 4: case 5: client.sendOne(); break;
      case 6: case 7: case 8: client.receiveOne(); break;
      case 9: if (!client.isConnected) client.connect(); break;
      case 10: if (random.below(4) === 0) client.disconnect(); break;
      case 11:
        if (!client.replica.conflict) break;
        if (random.below(2)) client.replica.takeTheirs();
        else client.replica.putMineAgain();
        break;
      case 12: if (random.below(5) === 0) server.restart();
    }
    assert.equal(client.shown, client.replica.text, "the editor shows another text");
    assert.equal(apply(client.replica.serverText, client.replica.pending), client.replica.text);
  }
  settle(clients);
  return { server, clients };
}

for (const policy of ["merge", "version-checked", "last-write-wins"]) {
  test(`under ${policy}, all end with the room's text, over connections that break`, () => forSeeds(400, (random) => {
    const { server, clients } = simulate(random, policy);
    for (let round = 0; clients.some(({ replica }) => replica.conflict); round++) {
      for (const { replica } of clients) if (replica.conflict) replica.putMineAgain();
      settle(clients);
      assert.ok(round < 20);
    }
    for (const { replica, shown } of clients) {
      assert.equal(replica.text, server.text);
      assert.equal(shown, server.text);
      assert.equal(replica.revision, server.revision);
    }
  }));
}

test("all end with one text though the server restarts", () => forSeeds(400, (random) => {
  const { server, clients } = simulate(random, "merge", { restarts: true });
  for (const { replica, shown } of clients) {
    assert.equal(replica.text, server.text);
    assert.equal(shown, server.text);
  }
}));

const insert = (at, text) => [{ from: at, to: at, insert: text }];

function pair(text, policy) {
  const server = new SimulatedServer(text, policy);
  const [ada, bob] = [server.add(), server.add()];
  settle([ada, bob]);
  return { server, ada, bob };
}

/** Bob has put a 2 before the a, after Ada's 1 behind it has come in, and is asked. */
function conflict() {
  const { server, ada, bob } = pair("a\nb\n", "version-checked");
  ada.edit(insert(1, "1"));
  bob.edit(insert(0, "2"));
  settle([ada, bob]);
  return { server, ada, bob };
}

test("who types at the same place loses nothing under merge", () => {
  const { server, ada, bob } = pair("x", "merge");
  ada.edit(insert(1, "one"));
  bob.edit(insert(1, "two"));
  settle([ada, bob]);
  assert.match(server.text, /^x(onetwo|twoone)$/);
});

test("two who type at one place at once keep their words whole, however late each hears of the other", () =>
  forSeeds(300, (random) => {
    const server = new SimulatedServer("()", "merge");
    const people = [server.add(), server.add()].map((client, index) => (
      { client, word: index ? "# second person types here" : "return fib(n-1) + fib(n-2) 🧵 done", typed: 0, at: 1 }));
    settle(people.map(({ client }) => client));
    const show = () => {
      const members = people.map(({ client, at }) => (
        { clientId: client.id, name: null, color: null, cursor: { anchor: at, head: at } }));
      for (const { client } of people) client.deliver({ type: "presence", members });
    };
    show();
    while (people.some(({ word, typed }) => typed < [...word].length)) {
      const { client, word } = people[random.below(2)];
      const person = people.find((one) => one.client === client);
      switch (random.below(4)) {
        case 0: {
          const next = [...word][person.typed];
          if (next === undefined) break;
          // The cursor stays behind what its user has typed.
          const typed = [...word].slice(0, person.typed).join("");
          const at = typed ? client.replica.text.indexOf(typed) + typed.length : 1;
          assert.ok(at >= typed.length, `"${typed}" is cut up in "${client.replica.text}"`);
          client.edit([{ from: at, to: at, insert: next }]);
          person.typed++;
          break;
        }
        case 1: case 2: client.sendOne(); break;
        case 3: client.receiveOne();
      }
    }
    settle(people.map(({ client }) => client));
    for (const { client, word } of people) {
      assert.equal(client.shown, server.text);
      assert.ok(server.text.includes(word.slice(1)), server.text);
    }
    assert.equal(server.text.length, 2 + people[0].word.length + people[1].word.length);
  }));

test("a word that nobody else comes near is sent as it is typed", () => {
  const server = new SimulatedServer("ab", "merge");
  const [ada, bob] = [server.add(), server.add()];
  settle([ada, bob]);
  ada.edit(insert(1, "x"));
  bob.edit(insert(0, "# "));
  settle([ada, bob]);
  ada.edit(insert(4, "y"));
  settle([ada, bob]);
  assert.deepEqual(server.log.at(-1).changes, insert(4, "y"));
  assert.equal(server.text, "# axyb");
});

test("under version-checked, an edit of a line that another has changed waits for its author", () => {
  const { server, ada, bob } = conflict();
  assert.equal(server.text, "a1\nb\n");
  assert.equal(bob.shown, "2a1\nb\n");
  assert.deepEqual(bob.replica.conflictingLines, [{ line: 1, theirs: "a1", mine: "2a1" }]);
  assert.deepEqual(bob.replica.conflict.authors, [ada.id]);

  bob.edit(insert(5, "!"));
  settle([ada, bob]);
  assert.equal(server.text, "a1\nb\n", "what is typed meanwhile waits too");
  bob.replica.putMineAgain();
  settle([ada, bob]);
  assert.equal(server.text, "2a1\nb!\n");
});

test("who takes theirs has the room's text again, and nothing waits", () => {
  const { server, ada, bob } = pair("a\nb\n", "version-checked");
  ada.edit([{ from: 0, to: 1, insert: "ada" }]);
  bob.edit([{ from: 0, to: 1, insert: "bob" }]);
  settle([ada, bob]);
  bob.replica.takeTheirs();
  assert.equal(bob.shown, "ada\nb\n");
  assert.ok(bob.replica.isIdle && !bob.replica.conflict);
  assert.equal(server.text, "ada\nb\n");
});

test("under version-checked, an edit of other lines is sent again by itself", () => {
  const { server, ada, bob } = pair("a\nb\n", "version-checked");
  ada.edit(insert(0, "new\n"));
  bob.edit(insert(1, "!"));
  settle([ada, bob]);
  assert.equal(server.text, "new\na!\nb\n");
  assert.equal(bob.conflicts, 0);
});

test("what was typed offline on lines that another has changed waits for its author too", () => {
  const { server, ada, bob } = pair("a\nb\n", "version-checked");
  bob.disconnect();
  bob.edit(insert(1, "offline"));
  ada.edit(insert(1, "online"));
  settle([ada]);
  settle([ada, bob]);
  assert.equal(server.text, "aonline\nb\n");
  assert.ok(bob.replica.conflict);
});

test("an edit whose acknowledgement was lost is not made twice", () => {
  for (const policy of ["merge", "version-checked", "last-write-wins"]) {
    for (const restarts of [false, true]) {
      const { server, ada, bob } = pair("x", policy);
      ada.edit(insert(1, "once"));
      ada.sendOne();
      if (restarts) server.restart();
      else ada.disconnect();
      settle([ada, bob]);
      assert.equal(server.text, "xonce", `${policy}, ${restarts ? "restarted" : "cut"}`);
      assert.equal(ada.shown, "xonce");
    }
  }
});

test("an edit that the server cannot take is taken back, and its text is handed over", () => {
  const { ada } = pair("x", "merge");
  ada.edit(insert(1, "too much"));
  ada.replica.edit(insert(0, "y"));
  ada.replica.receive({ type: "rejected", id: "1", reason: "too_large", revision: 0 });
  assert.equal(ada.replica.text, "yx");
  assert.deepEqual(ada.refused, [["too_large", undefined, "too much"]]);
});

test("an edit that cannot be stored right now is sent again after a pause", () => {
  const { server, ada, bob } = pair("x", "merge");
  server.trouble = "storage_unavailable";
  ada.edit(insert(1, "!"));
  ada.sendOne();
  server.trouble = undefined;
  ada.receiveOne();
  assert.equal(ada.replica.trouble, "storage_unavailable");
  settle([ada, bob]);
  assert.equal(server.text, "x!");
  assert.equal(ada.replica.trouble, undefined);
});

test("what is pending goes on in another page from a snapshot", () => {
  const { server, ada, bob } = pair("x", "merge");
  ada.edit(insert(1, "sent"));
  ada.sendOne();
  ada.edit(insert(5, "waits"));
  const snapshot = JSON.parse(JSON.stringify(ada.replica.snapshot));
  bob.edit(insert(0, "bob "));
  settle([bob]);
  ada.disconnect();
  let shown = "";
  const replica = new Replica({ change: (change) => (shown = apply(shown, change)), send() {}, retry() {} }, "other");
  replica.restore(snapshot);
  assert.equal(replica.text, "xsentwaits");
  assert.equal(shown, replica.text);
  ada.replica.restore(snapshot);
  settle([ada, bob]);
  assert.equal(server.text, "bob xsentwaits");
});

test("a conflict outlives a reload of the page, and is still asked about", () => {
  const { server, ada, bob } = conflict();
  const snapshot = JSON.parse(JSON.stringify(bob.replica.snapshot));
  bob.disconnect();
  const again = server.add();
  again.replica.restore(snapshot);
  settle([ada, again]);
  assert.equal(server.text, "a1\nb\n");
  assert.deepEqual(again.replica.conflict.authors, [ada.id]);
  again.replica.putMineAgain();
  settle([ada, again]);
  assert.equal(server.text, "2a1\nb\n");
});

test("an insistence ends with the edit that it was about", () => {
  const { server, ada, bob } = conflict();
  bob.edit([{ from: 0, to: 1, insert: "" }]);
  assert.equal(bob.replica.conflict, undefined, "nothing is left to decide");
  bob.replica.putMineAgain();
  ada.edit(insert(2, "!"));
  bob.edit(insert(0, "3"));
  settle([ada, bob]);
  assert.ok(bob.replica.conflict);
  bob.disconnect();
  bob.replica.putMineAgain();
  ada.edit(insert(3, "?"));
  settle([ada]);
  settle([ada, bob]);
  assert.equal(server.text, "3a1!?\nb\n", "the decision holds over a lost connection");
});

test("a conflict names those alone who touched the same lines", () => {
  const server = new SimulatedServer("a\nb\nc\n", "version-checked");
  const [ada, bob, cid] = [server.add(), server.add(), server.add()];
  settle([ada, bob, cid]);
  bob.edit(insert(0, "!"));
  cid.edit(insert(5, "c"));
  settle([cid]);
  ada.edit(insert(1, "a"));
  ada.receiveOne();
  settle([ada]);
  settle([ada, bob, cid]);
  assert.deepEqual(bob.replica.conflict.authors, [ada.id]);
});

test("an edit whose message would be too long is not sent, and taken back", () => {
  const { ada } = pair("x", "merge");
  ada.replica.limits = { message: 200 };
  ada.edit(insert(1, "\u0001".repeat(100)));
  assert.equal(ada.shown, "x");
  assert.equal(ada.refused[0][0], "too_large");
});

test("an idle replica keeps nothing", () => {
  const { ada } = pair("x", "merge");
  assert.equal(ada.replica.snapshot, undefined);
});

test("positions go there and back through what is pending", () => {
  const { ada } = pair("abcdef", "merge");
  ada.edit(insert(2, "123"));
  ada.edit(insert(0, "0"));
  assert.equal(ada.replica.localPosition(3), 7);
  assert.equal(ada.replica.serverPosition(7), 3);
  assert.equal(ada.replica.serverPosition(4), 2);
});

test("what cannot be true has the connection made anew", () => {
  const { ada, server } = pair("x", "merge");
  ada.replica.receive({ type: "edit", revision: 7, author: "z", changes: insert(0, "?") });
  assert.equal(ada.isConnected, false);
  settle([ada]);
  assert.equal(ada.shown, server.text);
});
