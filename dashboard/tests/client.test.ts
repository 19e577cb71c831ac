/** The client: tags, problems, the login, and what it sends. */
import { expect, test } from "vitest";
import { ApiClient } from "../src/api/client";
import { ApiProblem } from "../src/api/problem";

interface Sent {
  url: string;
  headers: Headers;
  method: string;
}

function clientOf(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const left = [...answers];
  let loggedOut = 0;
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    sent.push({ url: String(url), headers: new Headers(init?.headers), method: init?.method ?? "GET" });
    const answer = left.shift();
    if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError("no answer left");
    return answer;
  };
  const around = { fetch: fetch as typeof globalThis.fetch, nowMs: () => 0, onLoggedOut: () => (loggedOut += 1) };
  return { client: new ApiClient(around), sent, loggedOut: () => loggedOut };
}

function answer(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(status === 304 || status === 204 ? null : JSON.stringify(body), { status, headers });
}

test("an unchanged answer is the same object, asked for by its tag", async () => {
  const { client, sent } = clientOf(answer({ n: 1 }, { etag: '"one"' }), answer(null, {}, 304));
  const first = await client.read("/api/orders");
  const second = await client.read("/api/orders");
  expect(second).toBe(first);
  expect(sent[0]?.headers.get("if-none-match")).toBeNull();
  expect(sent[1]?.headers.get("if-none-match")).toBe('"one"');
});

test("a changed answer takes the place of the kept one", async () => {
  const { client, sent } = clientOf(
    answer({ n: 1 }, { etag: '"one"' }),
    answer({ n: 2 }, { etag: '"two"' }),
    answer(null, {}, 304),
  );
  await client.read("/api/orders");
  expect(await client.read("/api/orders")).toEqual({ n: 2 });
  expect(await client.read("/api/orders")).toEqual({ n: 2 });
  expect(sent[2]?.headers.get("if-none-match")).toBe('"two"');
});

test("a refresh goes past every cache", async () => {
  const { client, sent } = clientOf(answer({}), answer({}));
  await client.read("/api/orders");
  await client.read("/api/orders", { fresh: true });
  expect(sent.map((it) => it.headers.get("cache-control"))).toEqual([null, "no-cache"]);
});

test("a problem is told with its fields", async () => {
  const problems = [{ field: "limit", message: "at most 200" }];
  const { client } = clientOf(answer({ title: "Bad request", detail: "limit is too large", problems }, {}, 400));
  const refused = await client.read("/api/orders?limit=900").catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(ApiProblem);
  expect(refused).toMatchObject({ status: 400, message: "limit is too large", problems, isAway: false });
});

test("no answer is a problem too, and says that the API is away", async () => {
  const { client } = clientOf(new TypeError("refused"));
  const refused = await client.read("/api/me").catch((cause: unknown) => cause);
  expect(refused).toMatchObject({ status: 0, isAway: true });
});

test("a problem whose body isn't JSON keeps its status", async () => {
  const { client } = clientOf(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
  const refused = await client.read("/api/me").catch((cause: unknown) => cause);
  expect(refused).toMatchObject({ status: 502, title: "Bad Gateway", isAway: true });
});

test("no session leads to the login, a wrong password doesn't", async () => {
  const { client, loggedOut } = clientOf(answer({}, {}, 401), answer({}, {}, 401));
  await client.send("POST", "/api/login", {}).catch(() => null);
  expect(loggedOut()).toBe(0);
  await client.read("/api/orders").catch(() => null);
  expect(loggedOut()).toBe(1);
});

test("too many tries say how long to wait", async () => {
  const { client } = clientOf(answer({ title: "Too many" }, { "retry-after": "90" }, 429));
  const refused = await client.send("POST", "/api/login", {}).catch((cause: unknown) => cause);
  expect(refused).toMatchObject({ status: 429, retryAfterS: 90 });
});

test("what changes something is JSON, and may answer nothing", async () => {
  const { client, sent } = clientOf(answer(null, {}, 204));
  expect(await client.send("POST", "/api/logout")).toBeNull();
  expect(sent[0]?.method).toBe("POST");
  expect(sent[0]?.headers.get("content-type")).toBe("application/json");
});

test("another person sees nothing that was kept", async () => {
  const { client, sent } = clientOf(answer({}, { etag: '"one"' }), answer({}));
  await client.read("/api/orders");
  client.forget();
  await client.read("/api/orders");
  expect(sent[1]?.headers.get("if-none-match")).toBeNull();
});
