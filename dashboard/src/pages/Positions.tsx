/** Positions: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Positions() {
  return <PageHead title="Positions" />;
}
