/** Begins and ends an experiment, and says what became of it. */
import { readAgain } from "../../api/poll";
import { type ApiProblem, asProblem } from "../../api/problem";
import { api } from "../../api/session";
import { tell } from "../../app/toasts";
import { goTo } from "../../routes/location";
import type { Experiment, StartRequest, StopRequest } from "./kinds";

/** None if it began, else what was wrong. */
export async function begin(request: StartRequest): Promise<ApiProblem | null> {
  try {
    const begun = await api.send<Experiment>("POST", "/api/experiment/start", request);
    tell("gain", `The experiment ${begun.experiment_id} has begun.`);
  } catch (cause) {
    const problem = asProblem(cause);
    tell("loss", `It can't begin: ${problem.message}`);
    return problem;
  }
  goTo("/experiment", { replace: true });
  await readAgain("/api/experiment");
  return null;
}

export async function stop(request: StopRequest): Promise<void> {
  try {
    const ended = await api.send<Experiment>("POST", "/api/experiment/stop", request);
    tell("gain", `The experiment ${ended.experiment_id} has ended.`);
  } catch (cause) {
    tell("loss", `It can't be ended: ${asProblem(cause).message}`);
  }
  await readAgain("/api/experiment");
}
