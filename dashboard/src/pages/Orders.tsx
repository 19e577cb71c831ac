/** Orders: the page's frame. */
import { PageHead } from "../components/PageHead";

export default function Orders() {
  return <PageHead title="Orders" />;
}
