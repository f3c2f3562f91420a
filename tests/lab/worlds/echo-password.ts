import { mailServer } from '../hosts.ts';
import { readBasic } from '../http/basic.ts';
import { type Handler, headerOf } from '../http/message.ts';
import { admit } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

// Some debugging aids do this. Whatever is sent back must not reach a result.
const echo: Handler = (request, place, random) => {
  const admission = admit(request, place, random);
  if ('answer' in admission) return admission.answer;
  const password = readBasic(request)?.password ?? '';
  const text = password.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const encoded = encodeURIComponent(password);
  return {
    status: 200,
    headers: [
      ['Content-Type', 'text/xml'],
      ['X-Debug-Authorization', headerOf(request, 'authorization') ?? ''],
      ['X-Debug-Query', `password=${encoded}`],
    ],
    body: `<?xml version="1.0"?><Autodiscover><Response><Error><ErrorCode>603</ErrorCode><Message>No logon with ${text}</Message><DebugData>${encoded} ${headerOf(request, 'authorization')}</DebugData></Error></Response></Autodiscover>`,
  };
};

export const echoPassword = defineWorld({
  name: 'echo-password',
  title: 'The mail server sends the password back in its error message.',
  must: ['autodiscover.provider-error'],
  hosts: { autodiscover: mailServer({ beforeSignIn: echo }) },
});
