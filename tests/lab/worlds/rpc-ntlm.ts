import { mailServer } from '../hosts.ts';
import { ntlmOnly } from '../mail/sign-in.ts';
import { defineWorld } from '../world.ts';

export const rpcNtlm = defineWorld({
  name: 'rpc-ntlm',
  title: 'The RPC proxy takes NTLM and nothing else, and all is well.',
  analyzer: 'rpc-http',
  hosts: { autodiscover: mailServer({ offers: ntlmOnly }) },
});
