/** Changes of users, each told in a note. */
import { readAgain } from "../../../api/poll";
import { asProblem, type FieldProblem } from "../../../api/problem";
import { api, type Role } from "../../../api/session";
import { tell } from "../../../app/toasts";

export const USERS = "/api/users";
/** All of them: there are no more than a page may hold. */
export const ALL_USERS = `${USERS}?limit=200`;
export const ROLES: readonly Role[] = ["user", "researcher", "admin"];
/** The API wants as many letters as this, and no more than that. */
export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  user: "user: reads",
  researcher: "researcher: also experiments and replay",
  admin: "admin: everything",
};

type Method = "POST" | "PUT" | "DELETE";

/** Sends it; answers what was wrong by field, or null if it was done. */
export async function change(
  method: Method,
  url: string,
  body: object | undefined,
  done: string,
): Promise<readonly FieldProblem[] | null> {
  try {
    await api.send(method, url, body);
    tell("gain", done);
    void readAgain(ALL_USERS);
    return null;
  } catch (cause) {
    const problem = asProblem(cause);
    if (problem.problems.length > 0) return problem.problems;
    tell("loss", `Not done: ${problem.message}`);
    return [];
  }
}

export function userUrl(name: string, part = ""): string {
  return `${USERS}/${encodeURIComponent(name)}${part}`;
}
