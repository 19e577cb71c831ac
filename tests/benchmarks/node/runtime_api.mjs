// The loop of a function in Node.js: asks the Runtime API for an event, answers it, asks again.

import http from 'node:http';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function ask(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, method, path, agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

export async function serve(answer) {
  const base = '/2018-06-01/runtime/invocation';
  for (;;) {
    const event = await ask('GET', `${base}/next`);
    const id = event.headers['lambda-runtime-aws-request-id'];
    const said = await answer(JSON.parse(event.body));
    await ask('POST', `${base}/${id}/response`, JSON.stringify(said));
  }
}
