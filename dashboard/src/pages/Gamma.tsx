/** Gamma: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Gamma() {
  return <PageHead title="Gamma" />;
}
