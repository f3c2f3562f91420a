/** What servers say when they want a token, how sign-in services describe themselves, and tokens taken apart. */
import { describe, expect, test } from 'vitest';
import { decodeChallenges } from '#lib/wire/http/challenge.ts';
import { readBearer } from '#lib/wire/oauth/challenge.ts';
import { decodeConfiguration } from '#lib/wire/oauth/configuration.ts';
import { decodeClaims } from '#lib/wire/oauth/jwt.ts';

const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const json = (value: unknown): Uint8Array => bytes(JSON.stringify(value));

describe('a Bearer challenge', () => {
  const read = (...lines: string[]) => readBearer(decodeChallenges(lines));

  test('of Exchange Online', () => {
    const issuer = '00000001-0000-0000-c000-000000000000@*';
    const line = `Bearer client_id="${EXCHANGE}", trusted_issuers="${issuer}", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"`;
    expect(read('Basic Realm=""', line)).toEqual({
      authorizationUri: 'https://login.windows.net/common/oauth2/authorize',
      clientId: EXCHANGE,
      realm: null,
      trustedIssuers: [issuer],
      tokenTypes: ['app_asserted_user_v1', 'service_asserted_app_v1'],
      scope: null,
      error: null,
      errorDescription: null,
    });
  });

  test('spread over several lines is read as one: the first word counts', () => {
    const seen = read('Bearer realm="a"', 'bearer REALM="b", Authorization_URI="https://sts.example.test/"');
    expect(seen).toMatchObject({ realm: 'a', authorizationUri: 'https://sts.example.test/' });
  });

  test('with several issuers', () => {
    expect(read('Bearer trusted_issuers="1@a, 2@b,3@*"')?.trustedIssuers).toEqual(['1@a', '2@b', '3@*']);
  });

  test('that refuses a token', () => {
    const line = 'Bearer error="invalid_token", error_description="The token expired", scope="mail read"';
    expect(read(line)).toMatchObject({
      error: 'invalid_token',
      errorDescription: 'The token expired',
      scope: 'mail read',
    });
  });

  test('is not there', () => {
    expect(read('Basic realm="Bearer"', 'Negotiate')).toBeNull();
    expect(readBearer([])).toBeNull();
  });

  test('among a thousand lines is looked for within limits', () => {
    const lines = [...Array.from({ length: 1_000 }, () => 'Basic realm="x"'), 'Bearer realm="late"'];
    expect(read(...lines)).toBeNull();
  });
});

describe('a description of a sign-in service', () => {
  const whole = {
    issuer: 'https://sts.example.test',
    token_endpoint: 'https://sts.example.test/token',
    device_authorization_endpoint: 'https://sts.example.test/device',
  };

  test('is read, and what nobody here needs is left out', () => {
    expect(decodeConfiguration(json({ ...whole, jwks_uri: 3, claims_supported: ['sub'] }))).toEqual({
      ok: true,
      configuration: {
        issuer: whole.issuer,
        tokenEndpoint: whole.token_endpoint,
        deviceAuthorizationEndpoint: whole.device_authorization_endpoint,
      },
    });
  });

  test('may lack endpoints', () => {
    const read = decodeConfiguration(json({ issuer: whole.issuer, token_endpoint: null }));
    expect(read).toMatchObject({ configuration: { tokenEndpoint: null, deviceAuthorizationEndpoint: null } });
  });

  test.each<[string, Uint8Array, string]>([
    ['empty', bytes(' \r\n'), 'it is empty'],
    ['a web page', bytes('<!doctype html><title>Not found'), 'it is a web page'],
    ['cut off', json(whole).slice(0, -9), 'it is not JSON'],
    ['not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'it is not UTF-8'],
    ['a list', json([whole]), 'it is JSON, but not an object'],
    ['a text', json('https://sts.example.test'), 'it is JSON, but not an object'],
    ['nothing', bytes('null'), 'it is JSON, but not an object'],
    ['without an issuer', json({ ...whole, issuer: '' }), 'it names no issuer'],
    ['with a number for an address', json({ ...whole, token_endpoint: 1 }), 'an address in it is none'],
    ['with a list for an address', json({ ...whole, issuer: [whole.issuer] }), 'an address in it is none'],
    ['with an endless address', json({ ...whole, issuer: `https://${'a'.repeat(2_000)}` }), 'an address in it is none'],
    ['deep', bytes('['.repeat(200_000)), 'it is not JSON'],
    ['deep and whole', bytes(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 'it names no issuer'],
  ])('is %s', (_what, body, reason) => {
    expect(decodeConfiguration(body)).toEqual({ ok: false, reason });
  });
});

describe('a token', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const HEAD = part({ alg: 'RS256', typ: 'JWT' });

  test('of the specification', () => {
    // RFC 7519 3.1
    const token =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(decodeClaims(token)).toEqual({ iss: 'joe', exp: 1_300_819_380, 'http://example.com/is_root': true });
  });

  test.each([1, 2, 3, 4])('with %i characters in a claim: every length of padding', (length) => {
    const claims = { a: 'ü'.repeat(length) };
    expect(decodeClaims(`${HEAD}.${part(claims)}.c2ln`)).toEqual(claims);
  });

  test.each<[string, string]>([
    ['empty', ''],
    ['opaque', 'mF_9.B5f-4.1JqM'],
    ['encrypted, in five parts', `${HEAD}.a.b.c.d`],
    ['without a signature part', `${HEAD}.${part({})}`],
    ['without claims', `${HEAD}..c2ln`],
    ['with a list of claims', `${HEAD}.${part([])}.c2ln`],
    ['with a head that is none', `${part('x')}.${part({})}.c2ln`],
    ['in ordinary Base64', `${HEAD}.${Buffer.from('{"a":"??>>"}').toString('base64')}.c2ln`],
    ['cut in its claims', `${HEAD}.${part({ aud: 'x' }).slice(0, -3)}.c2ln`],
    ['of dots', '.'.repeat(100_000)],
  ])('that is %s says nothing', (_what, token) => {
    expect(decodeClaims(token)).toBeNull();
  });
});
