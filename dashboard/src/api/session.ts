/** Who is logged in, and the client that all pages share. */
import { Store } from "../app/store";
import { ApiClient } from "./client";

export type Role = "user" | "researcher" | "admin";

export interface Me {
  name: string;
  role: Role;
  expires_at: string;
}

/** `undefined` until the API has said it, `null` when nobody is logged in. */
export const session = new Store<Me | null | undefined>(undefined);

export const api = new ApiClient({
  fetch: (input, init) => globalThis.fetch(input, init),
  nowMs: () => Date.now(),
  onLoggedOut: () => session.set(null),
});

export async function readSession(): Promise<void> {
  session.set(await api.read<Me>("/api/me"));
}

export async function logIn(name: string, password: string): Promise<void> {
  const me = await api.send<Me>("POST", "/api/login", { name, password });
  api.forget();
  session.set(me);
}

export async function logOut(): Promise<void> {
  await api.send("POST", "/api/logout");
  api.forget();
  session.set(null);
}

const RANKS: Record<Role, number> = { user: 0, researcher: 1, admin: 2 };

/** Whether the person may do what asks for this role. */
export function may(me: Me | null | undefined, role: Role): boolean {
  return me ? RANKS[me.role] >= RANKS[role] : false;
}
