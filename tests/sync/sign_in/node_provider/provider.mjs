// npm oidc-provider as a city's identity provider: native public client, rotation, device grant, JWT access tokens.
// Prints its address; lives until its standard input is closed.
import http from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
const audience = process.argv[2];
const life = Number(process.argv[3]);

const server = http.createServer((request, response) => handler(request, response));
let handler = (_request, response) => response.writeHead(503).end();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'fieldapp',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/callback'],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    }],
    jwks: { keys: [{ ...key, kid: 'city', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub'], profile: ['name'] },
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience, accessTokenFormat: 'jwt', accessTokenTTL: life }),
      },
    },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    extraTokenClaims: () => ({ roles: ['counter'], name: 'J. Osei' }),
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'J. Osei' }) }),
  });
  handler = provider.callback();
  console.log(issuer);
});
process.stdin.on('close', () => process.exit(0)).resume();
