import type { TokenEvidence } from '#lib/result/evidence.ts';
import type { Drawn } from './drawn.ts';
import { moment } from './moment.ts';
import { cut } from './names.ts';
import { Facts, Mono, Table } from './parts.tsx';

/** What a token says about itself; the token is not kept. */
export function Token({ body }: Drawn<TokenEvidence>) {
  const { host, source, claims, opaque } = body;
  return (
    <>
      <Facts
        facts={[
          ['For', <Mono key="host" text={cut(host)} />],
          ['Got by', cut(source)],
        ]}
      />
      {opaque ? (
        <p>It is not a JWT: only the server that it is for can read it.</p>
      ) : (
        <>
          <p className="text-soft">
            This is what the token says about itself. Nothing of it has been verified: only the server can do that. The
            token is not kept.
          </p>
          <Table
            head={['Claim', 'Meaning', 'Value']}
            stacked={['', '', '']}
            rows={claims.map(({ name, value }) => [
              <Mono key="name" text={cut(name)} />,
              <span key="meaning" className="text-soft">
                {meanings[name] ?? ''}
              </span>,
              <Mono key="value" text={moments.includes(name) ? moment(value, 'second') : cut(value, 500)} />,
            ])}
          />
        </>
      )}
    </>
  );
}

/** RFC 7519 4.1, RFC 8693 4.2, and what Microsoft's tokens have besides. */
const meanings: Readonly<Partial<Record<string, string>>> = {
  aud: 'whom it is for',
  iss: 'who issued it',
  nbf: 'valid from',
  iat: 'issued at',
  exp: 'valid until',
  scp: 'what the program may do for the person',
  scope: 'what the program may do for the person',
  roles: 'what the program may do by itself',
  appid: 'the program',
  azp: 'the program',
  tid: 'the organisation',
  ver: 'version of the token',
};

const moments = ['nbf', 'iat', 'exp'];
