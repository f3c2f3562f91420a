/** The analyzers by name: what each plans, and how it runs. */
import type { Analysis } from './analysis.ts';
import type { TestRequest } from './request.ts';

/** The analysis that a request asks for. Loaded when it is wanted: the command line runs one, and starts the sooner. */
export async function analysisOf(request: TestRequest): Promise<Analysis> {
  const analysis = await analyzerOf(request);
  if (request.analyzer === 'certificate' || !request.clientCertificate) return analysis;
  const { withClientCertificate } = await import('./client-certificate.ts');
  return withClientCertificate(analysis, request.name);
}

async function analyzerOf(request: TestRequest): Promise<Analysis> {
  switch (request.analyzer) {
    case 'outlook': {
      const { outlook, planOutlook } = await import('./outlook.ts');
      return { plan: planOutlook(request), body: (scope, context) => outlook(scope, request, context) };
    }
    case 'autodiscover': {
      const { autodiscover, planAutodiscover } = await import('./autodiscover.ts');
      return { plan: planAutodiscover(request), body: (scope, context) => autodiscover(scope, request, context) };
    }
    case 'mapi-http': {
      const { mapiHttp, planMapiHttp } = await import('./mapi-http.ts');
      return { plan: planMapiHttp(request), body: (scope, context) => mapiHttp(scope, request, context) };
    }
    case 'rpc-http': {
      const { planRpcHttp, rpcHttp } = await import('./rpc-http.ts');
      return { plan: planRpcHttp(request), body: (scope, context) => rpcHttp(scope, request, context) };
    }
    case 'tls': {
      const { planTls, tls } = await import('./tls.ts');
      return { plan: planTls(request), body: (scope, context) => tls(scope, request, context) };
    }
    case 'certificate': {
      const { certificate, planCertificate } = await import('./certificate.ts');
      return { plan: planCertificate(request), body: (scope, context) => certificate(scope, request, context) };
    }
  }
}
