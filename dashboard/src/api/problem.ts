/** What went wrong with a call, as the API tells it (RFC 9457), or as the network does. */

export interface FieldProblem {
  field: string;
  message: string;
}

export class ApiProblem extends Error {
  constructor(
    /** 0 when there was no answer at all. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly problems: readonly FieldProblem[] = [],
    readonly retryAfterS: number | null = null,
  ) {
    super(detail || title);
    this.name = "ApiProblem";
  }

  get isAway(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** The problem that an answer tells, whatever its body is. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const body = record(await answer.json().catch(() => null));
  const title = text(body["title"]) || answer.statusText || `Status ${answer.status}`;
  const fields = Array.isArray(body["problems"]) ? body["problems"].map(fieldProblem) : [];
  const wait = Number(answer.headers.get("retry-after") ?? Number.NaN);
  const retryAfterS = Number.isFinite(wait) ? wait : null;
  return new ApiProblem(answer.status, title, text(body["detail"]), fields, retryAfterS);
}

export function asProblem(cause: unknown): ApiProblem {
  if (cause instanceof ApiProblem) return cause;
  const isTimeout = cause instanceof DOMException && cause.name === "TimeoutError";
  const detail = isTimeout ? "The API didn't answer in time." : "The API can't be reached.";
  return new ApiProblem(0, "No answer", detail);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function fieldProblem(value: unknown): FieldProblem {
  const given = record(value);
  return { field: text(given["field"]), message: text(given["message"]) };
}
