/** History: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function History() {
  return <PageHead title="History" />;
}
