/** What is typed in for the tests that open a mailbox, read strictly: what is taken, and the field and sentence of what is not. */
import { describe, expect, test } from 'vitest';
import { parseRequest, type Values } from '#lib/analyzers/request.ts';

const mailbox = { email: 'alice@contoso.example' } as const;
const URL_OF_MAILBOX = 'https://mail.contoso.example/mapi/emsmdb/?MailboxId=1@contoso.example';

/** What is wrong, as `field: sentence`; or the request. */
function parsed(analyzer: string, values: Values) {
  const read = parseRequest(analyzer, { ...mailbox, ...values });
  return read.ok ? read.request : read.errors.map(({ field, message }) => `${field}: ${message}`).join('\n');
}

describe('mapi-http', () => {
  test.each<[Values, object]>([
    [{}, { server: null, longWaitMs: 0, hideFolders: false }],
    [{ server: ` ${URL_OF_MAILBOX} ` }, { server: URL_OF_MAILBOX }],
    [{ server: 'HTTPS://[::1]:8443/x' }, { server: 'HTTPS://[::1]:8443/x' }],
    [
      { longWait: ' 30 ', hideFolders: 'on' },
      { longWaitMs: 30_000, hideFolders: true },
    ],
    [{ longWait: '1800' }, { longWaitMs: 1_800_000 }],
  ])('takes %j', (values, expected) => {
    expect(parsed('mapi-http', values)).toMatchObject({ analyzer: 'mapi-http', ...expected });
  });

  test.each<[Values, RegExp]>([
    [{ server: 'http://mail.contoso.example/mapi/' }, /^server: .*begins with https/],
    [{ server: 'mail.contoso.example' }, /^server: This is not a URL/],
    [{ server: 'https://mail.contoso.example' }, /^server: This is the host alone/],
    [{ server: 'https://alice:secret@mail.contoso.example/mapi/' }, /^server: The URL holds no user name/],
    [{ server: 'https://mail.contoso.example/mapi/#x' }, /^server: The URL ends before/],
    [{ server: `https://mail.contoso.example/${'x'.repeat(2_000)}` }, /^server: The URL is longer than 2000/],
    [{ longWait: '1801' }, /^longWait: .* from 0 to 1800/],
    [{ longWait: '-1' }, /^longWait: /],
    [{ longWait: '1.5' }, /^longWait: /],
    [{ longWait: '0x10' }, /^longWait: /],
    [{ client: 'outlook-2010' }, /^client: Outlook 2010 does not speak MAPI over HTTP/],
    [{ client: 'outlook-2003' }, /^client: Outlook 2003 does not speak/],
    [{ email: 'alice', server: 'x', longWait: 'x' }, /^email: .*\nserver: .*\nlongWait: .*$/],
  ])('refuses %j', (values, sentence) => {
    expect(parsed('mapi-http', values)).toMatch(sentence);
  });

  test('repeats no password that stood in a URL', () => {
    expect(parsed('mapi-http', { server: 'https://a:Geheim@b.test/x' })).not.toContain('Geheim');
  });
});

describe('rpc-http', () => {
  const GUID = '7c1c3b2a-0d3c-4c6e-9a57-2d1f6a1b0c9d@contoso.example';

  test.each<[Values, object]>([
    [{}, { server: null, rpcServer: null, principal: null, rpcAuth: null, endpointMapper: false }],
    [{ server: 'Mail.Contoso.Example' }, { server: 'mail.contoso.example' }],
    [{ rpcServer: GUID }, { rpcServer: GUID }],
    [{ rpcServer: 'ex01.contoso.local' }, { rpcServer: 'ex01.contoso.local' }],
    [{ rpcServer: 'EX01' }, { rpcServer: 'ex01' }],
    [{ rpcAuth: 'NTLM', signInWith: 'password' }, { rpcAuth: 'ntlm' }],
    [
      { endpointMapper: 'on', client: 'outlook-2003' },
      { endpointMapper: true, client: 'outlook-2003' },
    ],
  ])('takes %j', (values, expected) => {
    expect(parsed('rpc-http', values)).toMatchObject({ analyzer: 'rpc-http', ...expected });
  });

  test.each<[Values, RegExp]>([
    [{ server: 'mail.contoso.example/rpc' }, /^server: .*without a path/],
    [{ server: 'mail.contoso.example:443' }, /^server: .*without a port/],
    [{ server: '[::1]:443' }, /^server: .*without a port/],
    [{ rpcServer: 'a@b@contoso.example' }, /^rpcServer: The RPC server is a host/],
    [{ rpcServer: 'ex01:6001' }, /^rpcServer: /],
    [{ rpcServer: '::1' }, /^rpcServer: /],
    [{ rpcServer: 'ex01&x=1' }, /^rpcServer: /],
    [{ rpcServer: 'x'.repeat(1_024) }, /^rpcServer: .*longer than 1,023/],
    [{ rpcAuth: 'digest' }, /^rpcAuth: .*not by "digest"/],
    [{ rpcAuth: 'x'.repeat(100) }, /not by "x{40}"/],
    [{ rpcAuth: 'basic', signInWith: 'token' }, /^rpcAuth: .*another way to sign in/],
    [{ client: 'thunderbird' }, /^client: Thunderbird does not speak RPC over HTTP/],
    [{ client: 'outlook-new' }, /^client: New Outlook for Windows does not speak/],
  ])('refuses %j', (values, sentence) => {
    expect(parsed('rpc-http', values)).toMatch(sentence);
  });
});
