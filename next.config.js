// @ts-check

// Nothing about this installation is for others to know.
process.env.NEXT_TELEMETRY_DISABLED = '1';

/**
 * Hosts, besides the one a request was sent to, whose pages may send forms: where a proxy hides the name that browsers see.
 */
const allowedOrigins = (process.env.THROUGHLINE_ALLOWED_ORIGINS ?? '').split(',').flatMap((host) => host.trim() || []);

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // `npm test` checks types, of the tests as well; whoever only starts the server need not wait for that.
  typescript: { ignoreBuildErrors: true },
  // A development server must print neither what a form sends nor the address of a shared result.
  logging: { serverFunctions: false, incomingRequests: false, browserToTerminal: false },
  experimental: {
    serverActions: {
      // Certificates of 1 MiB in all; with room for what is more than that to be told so at its field.
      bodySizeLimit: '4mb',
      ...(allowedOrigins.length > 0 && { allowedOrigins }),
    },
  },
};
