/** Experiment: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Experiment() {
  return <PageHead title="Experiment" />;
}
