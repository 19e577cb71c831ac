/** Agents: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Agents() {
  return <PageHead title="Agents" />;
}
