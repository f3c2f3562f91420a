/** The command line, parsed: a command with everything it needs, or one sentence that says what is wrong. */
import { describe, expect, test } from 'vitest';
import { type Command, parseCommand } from '#lib/cli/options.ts';
import { defaultProfile } from '#lib/net/profile.ts';

const environment = {} as NodeJS.ProcessEnv;
const words = (line: string): string[] => line.split(' ').filter((word) => word !== '');

function parsed(line: string, environment: NodeJS.ProcessEnv = {} as NodeJS.ProcessEnv): Command {
  const result = parseCommand(words(line), environment);
  if (!result.ok) throw new Error(result.error);
  return result.command;
}

describe('a command', () => {
  test('has its defaults', () => {
    expect(parsed('outlook --email alice@example.test')).toEqual({
      kind: 'test',
      test: {
        analyzer: 'outlook',
        name: 'alice@example.test',
        mailbox: 'alice@example.test',
        domain: 'example.test',
        user: 'alice@example.test',
        ignoreCertificateProblems: false,
        client: 'outlook-365-classic',
        askMicrosoft: false,
        redirectTo: [],
        passwordToUnmarked: false,
        signInWith: 'password',
        authority: null,
        longWaitMs: 0,
        hideFolders: false,
      },
      network: defaultProfile,
      oauth: { clientId: null, scope: null, authority: null },
      timeoutMs: null,
      format: 'tree',
      output: null,
      passwordFromStdin: false,
      tokenFromStdin: false,
    });
  });

  test('about a mailbox takes what goes beyond the usual', () => {
    const given = [
      '--client thunderbird --ask-microsoft --password-to-any-server --device-code',
      '--redirect-to Mail.Hoster.Example --redirect-to 192.0.2.1 --redirect-to mail.hoster.example',
      '--oauth-client-id 1f0b --oauth-scope EWS.AccessAsUser.All --oauth-authority https://login.example.test/x',
    ];
    expect(parsed(`autodiscover --email alice@example.test ${given.join(' ')}`)).toMatchObject({
      test: {
        analyzer: 'autodiscover',
        client: 'thunderbird',
        askMicrosoft: true,
        passwordToUnmarked: true,
        redirectTo: ['mail.hoster.example', '192.0.2.1'],
        signInWith: 'device-code',
        authority: 'https://login.example.test/x',
      },
      oauth: { clientId: '1f0b', scope: 'EWS.AccessAsUser.All' },
    });
  });

  test.each(['outlook', 'mapi-http'])('%s waits for long if it is told to, and hides folders', (analyzer) => {
    expect(parsed(`${analyzer} --email a@b.test --long-wait 1800 --hide-folders`)).toMatchObject({
      test: { analyzer, longWaitMs: 1_800_000, hideFolders: true },
    });
  });

  test('mapi-http takes the URL as it was typed', () => {
    const url = 'https://Mail.Contoso.Example/mapi/emsmdb/?MailboxId=7c1c3b2a%40contoso.example&x=ü';
    const command = parseCommand(['mapi-http', '--email', 'a@b.test', '--server', ` ${url} `], environment);
    expect(command).toMatchObject({ ok: true, command: { test: { analyzer: 'mapi-http', server: url } } });
    expect(parsed('mapi-http --email a@b.test')).toMatchObject({ test: { server: null, longWaitMs: 0 } });
  });

  test('rpc-http takes what a profile holds', () => {
    const rpcServer = '7c1c3b2a-0d3c-4c6e-9a57-2d1f6a1b0c9d@contoso.example';
    const line = `rpc-http --email a@b.test --server Mail.Contoso.Example --rpc-server ${rpcServer} --rpc-auth NTLM`;
    expect(
      parsed(`${line} --principal msstd:mail.contoso.example --endpoint-mapper --client outlook-2003`),
    ).toMatchObject({
      test: {
        analyzer: 'rpc-http',
        server: 'mail.contoso.example',
        rpcServer,
        rpcAuth: 'ntlm',
        principal: 'msstd:mail.contoso.example',
        endpointMapper: true,
        client: 'outlook-2003',
      },
    });
    expect(parsed('rpc-http --email a@b.test')).toMatchObject({
      test: { server: null, rpcServer: null, rpcAuth: null, principal: null, endpointMapper: false },
    });
  });

  test('takes a token from standard input', () => {
    const command = parsed('outlook --email alice@example.test --token-stdin');
    expect(command).toMatchObject({ tokenFromStdin: true, passwordFromStdin: false, test: { signInWith: 'token' } });
  });

  test('adds its OAuth settings to those of the environment', () => {
    const environment = {
      THROUGHLINE_OAUTH_CLIENT_ID: 'ours',
      THROUGHLINE_OAUTH_SCOPE: 'a b',
      THROUGHLINE_OAUTH_AUTHORITY: 'https://login.example.test/',
    } as unknown as NodeJS.ProcessEnv;
    expect(parsed('outlook --email a@b.test --oauth-client-id mine', environment)).toMatchObject({
      test: { authority: null },
      oauth: { clientId: 'mine', scope: 'a b', authority: 'https://login.example.test/' },
    });
  });

  test('takes its options in any order', () => {
    const line = '--format json --timeout 30 outlook --password-stdin --username EXAMPLE\\alice --email a@example.test';
    expect(parsed(`${line} --output r.json --ignore-certificate-problems`)).toMatchObject({
      test: { user: 'EXAMPLE\\alice', ignoreCertificateProblems: true },
      timeoutMs: 30_000,
      format: 'json',
      output: 'r.json',
      passwordFromStdin: true,
    });
  });

  test.each([
    ['mail.example.test', 'mail.example.test', 443],
    ['mail.example.test:8443', 'mail.example.test', 8443],
    ['MAIL.Example.Test.', 'mail.example.test', 443],
    ['müller.example.test', 'xn--mller-kva.example.test', 443],
    ['192.0.2.1:25', '192.0.2.1', 25],
    ['2001:db8::1', '2001:db8::1', 443],
    ['[2001:db8::1]:993', '2001:db8::1', 993],
    ['[2001:db8::1]', '2001:db8::1', 443],
  ])('tls %s', (target, host, port) => {
    expect(parsed(`tls ${target}`)).toMatchObject({ test: { analyzer: 'tls', host, port } });
  });

  test.each([
    ['msstd:mail.example.test', 'msstd:mail.example.test'],
    ['mail.example.test', 'msstd:mail.example.test'],
    ['MSSTD:*.Example.Test', 'msstd:*.Example.Test'],
  ])('tls with the principal %s', (given, principal) => {
    expect(parsed(`tls a.test --principal ${given}`)).toMatchObject({ test: { analyzer: 'tls', principal } });
  });

  test('tls without a principal has none', () => {
    const command = parsed('tls a.test');
    expect(command.kind === 'test' && 'principal' in command.test).toBe(false);
  });

  const PRINT = 'ab'.repeat(32);

  test.each([
    [PRINT],
    [PRINT.toUpperCase()],
    [PRINT.replaceAll(/..(?!$)/g, '$&:')],
    [`sha256 Fingerprint=${PRINT.toUpperCase().replaceAll(/..(?!$)/g, '$&:')}`],
    [PRINT.replaceAll(/..(?!$)/g, '$& ')],
  ])('takes the fingerprint %s', (pin) => {
    const result = parseCommand(['tls', 'a.test', '--pin', pin, '--pin', '0'.repeat(64), '--pin', pin], environment);
    expect(result).toMatchObject({ ok: true, command: { test: { pins: [PRINT, '0'.repeat(64)] } } });
  });

  test('adds its network settings to those of the environment', () => {
    const environment = { THROUGHLINE_ALLOW: '10.0.0.0/8' } as unknown as NodeJS.ProcessEnv;
    expect(parsed('tls a.test --allow fd00::/8 --map-port 443=8443 --allow 192.168.0.0/16', environment)).toMatchObject(
      {
        network: { allow: ['10.0.0.0/8', 'fd00::/8', '192.168.0.0/16'], portMap: [{ from: 443, to: 8443 }] },
      },
    );
  });

  test.each(['', '--help', '-h', 'outlook --help', 'tls --help'])('"%s" asks for help', (line) => {
    expect(parsed(line)).toEqual({ kind: 'help' });
  });

  test('explain takes a code', () => {
    expect(parsed('explain tls.not-tls')).toEqual({ kind: 'explain', code: 'tls.not-tls' });
  });
});

describe('a mistake', () => {
  test.each([
    ['imap', /no test called "imap"/],
    ['outlook', /e-mail address is missing/],
    ['outlook alice@example.test', /by --email, not "alice@example.test"/],
    ['outlook --email alice', /alice@contoso\.example/],
    ['outlook --email alice@localhost', /no dot/],
    ['outlook --email a@b.test --username a:b', /colon/],
    ['outlook --email a@b.test --password x', /--password/],
    ['autodiscover alice@example.test', /autodiscover takes its address by --email/],
    ['outlook --email a@b.test --client outlook-95', /no client called "outlook-95"/],
    ['outlook --email a@b.test --redirect-to https://mail.hoster.example/', /only its host belongs here/],
    [`outlook --email a@b.test ${'--redirect-to a.test '.repeat(21)}`, /Not more than 20 hosts/],
    ['outlook --email a@b.test --oauth-authority http://login.example.test/', /begins with https/],
    ['outlook --email a@b.test --oauth-authority https://user@login.example.test/', /no user name/],
    ['outlook --email a@b.test --oauth-scope "a', /--oauth-scope wants scopes/],
    ['outlook --email a@b.test --token-stdin --device-code', /--token-stdin and --device-code exclude each other/],
    ['outlook --email a@b.test --password-stdin --token-stdin', /exclude each other/],
    ['outlook --email "a:b"@b.test', /colon/],
    ['tls mail.example.test/owa', /is not a name of a host/],
    ['tls', /host is missing/],
    ['tls https://a.test', /only its host/],
    ['tls https://a.test:443/owa', /only its host/],
    ['tls a.test:0', /1 to 65535/],
    ['tls a.test:99999', /1 to 65535/],
    ['tls a.test b.test', /"b.test" is one argument too many/],
    ['tls -a.test', /-a/],
    ['tls a..test', /not a name|cannot be part/],
    ['tls a.test --principal http://b.test', /A principal name is msstd:/],
    [`tls a.test --principal ${'x'.repeat(254)}`, /longer than the 253/],
    ['tls a.test --pin abc', /"abc" is not a SHA-256 fingerprint/],
    [`tls a.test --pin ${'a'.repeat(40)}`, /is a SHA-1 fingerprint/],
    [`tls a.test ${'--pin a '.repeat(11)}`, /more than 10 fingerprints/],
    ['tls a.test --timeout 0', /--timeout wants/],
    ['tls a.test --timeout 3601', /--timeout wants/],
    ['tls a.test --timeout soon', /--timeout wants/],
    ['tls a.test --format yaml', /--format wants tree or json, not "yaml"/],
    ['tls a.test --allow all', /--allow wants an address range/],
    ['tls a.test --bogus', /--bogus/],
    ['tls a.test --output', /output/],
    ['explain', /finding code/],
    ['mapi-http alice@example.test', /mapi-http takes its address by --email/],
    ['mapi-http --email a@b.test --server http://c.test/mapi/emsmdb/', /its URL begins with https/],
    ['mapi-http --email a@b.test --server c.test/mapi', /not a URL that begins with https/],
    ['mapi-http --email a@b.test --server https://c.test', /This is the host alone/],
    ['mapi-http --email a@b.test --server https://x:y@c.test/mapi/', /holds no user name/],
    ['mapi-http --email a@b.test --server https://c.test/mapi/#x', /ends before the "#"/],
    [`mapi-http --email a@b.test --server https://c.test/${'x'.repeat(2_000)}`, /longer than 2000 characters/],
    ['mapi-http --email a@b.test --long-wait 1801', /seconds from 0 to 1800/],
    ['outlook --email a@b.test --long-wait -1', /long-wait/],
    ['outlook --email a@b.test --long-wait 1e3', /seconds from 0 to 1800/],
    ['mapi-http --email a@b.test --client outlook-2010', /Outlook 2010 does not speak MAPI over HTTP/],
    ['rpc-http --email a@b.test --client thunderbird', /Thunderbird does not speak RPC over HTTP/],
    ['rpc-http --email a@b.test --server c.test/rpc/rpcproxy.dll', /without a path/],
    ['rpc-http --email a@b.test --server https://c.test/', /This is a URL: only its host/],
    ['rpc-http --email a@b.test --server c.test:8443', /without a port/],
    ['rpc-http --email a@b.test --rpc-server c.test:6001', /The RPC server is a host, or the long name/],
    ['rpc-http --email a@b.test --rpc-server a/b@c.test', /The RPC server is a host, or the long name/],
    ['rpc-http --email a@b.test --rpc-auth digest', /by basic, ntlm or negotiate, not by "digest"/],
    ['rpc-http --email a@b.test --rpc-auth ntlm --device-code', /another way to sign in is chosen/],
    ['rpc-http --email a@b.test --principal a:b', /A principal name is msstd:/],
    ['rpc-http --email a@b.test --long-wait 5', /--long-wait is for outlook and mapi-http/],
    ['autodiscover --email a@b.test --server c.test', /--server is for mapi-http and rpc-http/],
    ['tls a.test --endpoint-mapper', /--endpoint-mapper is for rpc-http/],
  ])('"%s" is told in one sentence', (line, expected) => {
    const result = parseCommand(words(line), {} as NodeJS.ProcessEnv);
    if (result.ok) throw new Error('taken, but should have been refused');
    expect(result.error).toMatch(expected);
    expect(result.error).toMatch(/^[^\n]+\.$/);
  });

  test('in the OAuth settings of the environment is told by the name of the variable', () => {
    const environment = { THROUGHLINE_OAUTH_AUTHORITY: 'login.example.test' } as unknown as NodeJS.ProcessEnv;
    expect(parseCommand(['tls', 'a.test'], environment)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^THROUGHLINE_OAUTH_AUTHORITY wants the https address/),
    });
  });

  test('in the environment is told by the name of the variable', () => {
    const environment = { THROUGHLINE_ALLOW: 'all' } as unknown as NodeJS.ProcessEnv;
    expect(parseCommand(['tls', 'a.test'], environment)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^THROUGHLINE_ALLOW wants an address range/),
    });
  });
});
