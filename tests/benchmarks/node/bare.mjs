// A function that does nothing: what Node.js itself takes.

import { serve } from './runtime_api.mjs';

await serve(async () => ({ hello: 'world' }));
