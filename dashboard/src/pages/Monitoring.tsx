/** Monitoring: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Monitoring() {
  return <PageHead title="Monitoring" />;
}
