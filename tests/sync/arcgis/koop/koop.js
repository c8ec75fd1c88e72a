// Koop serves layers that are read from files: node koop.js WARDS.geojson ADDRESSES.geojson
const fs = require('fs');
const Koop = require('@koopjs/koop-core');

const layers = process.argv.slice(2).map((file) => JSON.parse(fs.readFileSync(file, 'utf-8')));

class Model {
  async getData(request) {
    const layer = layers[request.params.layer];
    return layer ?? { layers };
  }
}

const koop = new Koop({ logLevel: 'error' });
koop.register({ type: 'provider', name: 'city', version: '1.0.0', disableIdParam: true, Model });
const server = koop.server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/city/rest/services/FeatureServer`);
});
process.stdin.on('close', () => process.exit(0)).resume();
