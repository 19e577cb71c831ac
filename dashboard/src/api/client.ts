/** The one way to the API: tags, time limits, problems, and the stack's clock. */
import { ServerClock } from "./clock";
import { asProblem, problemOf } from "./problem";

export interface Fresh {
  /** Bypasses every cache, also the server's. */
  fresh?: boolean;
}

interface Kept {
  etag: string;
  body: unknown;
}

/** What the client needs of its surroundings. */
export interface Surroundings {
  fetch: typeof globalThis.fetch;
  nowMs: () => number;
  /** Called when the API knows no session. */
  onLoggedOut: () => void;
}

const READ_LIMIT_MS = 10_000;
const WRITE_LIMIT_MS = 20_000;
/** More kept answers than any page shows at once. */
const KEPT_MAX = 64;

export class ApiClient {
  readonly clock = new ServerClock();
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly around: Surroundings) {}

  /** Reads; an unchanged answer is the very same object as before. */
  async read<T>(url: string, { fresh = false }: Fresh = {}): Promise<T> {
    const kept = this.kept.get(url);
    const headers: Record<string, string> = { accept: "application/json" };
    if (fresh) headers["cache-control"] = "no-cache";
    if (kept) headers["if-none-match"] = kept.etag;
    const answer = await this.call(url, { headers, cache: "no-store" }, READ_LIMIT_MS);
    if (answer.status === 304 && kept) return kept.body as T;
    const body = (await answer.json().catch((cause: unknown) => {
      throw asProblem(cause);
    })) as T;
    this.keep(url, answer.headers.get("etag"), body);
    return body;
  }

  /** Changes something; an answer without a body is `null`. */
  async send<T>(method: "POST" | "PUT" | "DELETE", url: string, body?: unknown): Promise<T> {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const text = JSON.stringify(body ?? {});
    const answer = await this.call(url, { method, headers, body: text }, WRITE_LIMIT_MS);
    const told = await answer.text();
    return (told === "" ? null : JSON.parse(told)) as T;
  }

  /** Forgets every answer: another person may read now. */
  forget(): void {
    this.kept.clear();
  }

  private keep(url: string, etag: string | null, body: unknown): void {
    this.kept.delete(url);
    if (etag === null) return;
    this.kept.set(url, { etag, body });
    const oldest = this.kept.keys().next();
    if (this.kept.size > KEPT_MAX && !oldest.done) this.kept.delete(oldest.value);
  }

  private async call(url: string, request: RequestInit, limitMs: number): Promise<Response> {
    const signal = AbortSignal.timeout(limitMs);
    const sent = this.around.fetch(url, { ...request, signal, credentials: "same-origin" });
    const answer = await sent.catch((cause: unknown) => {
      throw asProblem(cause);
    });
    this.clock.note(answer.headers.get("x-parallax-now"), this.around.nowMs());
    if (answer.ok || answer.status === 304) return answer;
    const problem = await problemOf(answer);
    if (answer.status === 401 && !url.startsWith("/api/login")) this.around.onLoggedOut();
    throw problem;
  }
}
