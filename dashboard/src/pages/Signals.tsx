/** Signals: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Signals() {
  return <PageHead title="Signals" />;
}
