/** What stays on the page while the API is away. */
import { expect, test } from "vitest";
import { ApiProblem } from "../src/api/problem";
import { Resource, staleSinceMs } from "../src/api/resource";

function resourceOf(...answers: (number | ApiProblem)[]) {
  const told: string[] = [];
  const how: boolean[] = [];
  let nowMs = 0;
  const read = async <T>(_url: string, { fresh = false } = {}): Promise<T> => {
    nowMs += 1_000;
    how.push(fresh);
    const answer = answers.shift();
    if (answer instanceof ApiProblem) throw answer;
    return answer as T;
  };
  const reader = { read, nowMs: () => nowMs, onProblem: (_: string, it: ApiProblem) => void told.push(it.message) };
  return { resource: new Resource<number>("/api/orders", reader), told, how };
}

const away = () => new ApiProblem(0, "No answer", "away");

test("the last good answer stays, and says since when it isn't current", async () => {
  const { resource } = resourceOf(7, away(), away());
  await resource.read();
  expect(staleSinceMs(resource.shown.get())).toBeNull();
  await resource.read();
  await resource.read();
  expect(resource.shown.get().answer).toBe(7);
  expect(staleSinceMs(resource.shown.get())).toBe(1_000);
});

test("only the first of several failures is told", async () => {
  const { resource, told } = resourceOf(away(), away(), 1, away());
  for (let turn = 0; turn < 4; turn += 1) await resource.read();
  expect(told).toEqual(["away", "away"]);
});

test("a missing session isn't told: the login says it", async () => {
  const { resource, told } = resourceOf(new ApiProblem(401, "Unauthorized", ""));
  await resource.read();
  expect(told).toEqual([]);
});

test("it is current again after the next answer", async () => {
  const { resource } = resourceOf(1, away(), 2);
  for (let turn = 0; turn < 3; turn += 1) await resource.read();
  expect(resource.shown.get()).toMatchObject({ answer: 2, problem: null });
  expect(staleSinceMs(resource.shown.get())).toBeNull();
});

test("who asks meanwhile shares the answer; a refresh asks anew", async () => {
  const { resource, how } = resourceOf(1, 2);
  await Promise.all([resource.read(), resource.read(), resource.read({ fresh: true })]);
  expect(how).toEqual([false, true]);
});
