import { mailServer } from '../hosts.ts';
import { mailboxNamedByPassword, passwordOctets } from '../mail/echo-bytes.ts';
import { defineWorld } from '../world.ts';

const name = 'echo-rpc';
/** The last answers of the address book, and the second of the mailbox. */
const CALLS = ['NspiUnbind', 'EcDoRpcExt2'];

export const echoRpc = defineWorld({
  name,
  title: 'RPC over HTTP sends the password back: in names, and behind the end of answers, sealed and not.',
  analyzer: 'rpc-http',
  must: ['rpc.malformed-response'],
  may: ['mailbox.other-opened', 'rpc.encryption-not-enforced', 'rpc.legacy-transport'],
  hosts: {
    autodiscover: mailServer({
      store: { mailbox: mailboxNamedByPassword({ name }) },
      rpc: {
        fragments: 4_000,
        answers: (call, stub) => (CALLS.includes(call) ? Buffer.concat([stub, passwordOctets({ name })]) : stub),
      },
    }),
  },
});
