# Built in one stage with everything, run in another with what the service needs: no package manager, no sources.
FROM node:24-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY .swcrc nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts/build.js scripts/exclusively.js scripts/
COPY src src
RUN node scripts/build.js \
 && npm prune --omit=dev --no-audit --no-fund \
 # Pages of the API's description are not served; only the description itself is.
 && rm -rf node_modules/swagger-ui-dist \
 && find dist -name '*.map' -delete

FROM node:24-alpine
LABEL org.opencontainers.image.title="Keytrail" org.opencontainers.image.licenses="Apache-2.0"
# The runtime needs node alone.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
 && mkdir /data && chown node:node /data
WORKDIR /keytrail
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json LICENSE ./
# Inside a container loopback is nobody's: publish the port where it should be reached, with TLS in front.
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 KEYTRAIL_DATA=/data KEYTRAIL_HOST=0.0.0.0
USER node
VOLUME /data
EXPOSE 7420
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.KEYTRAIL_PORT || 7420) + '/readyz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
# Without the bound the space for young objects of each thread grows to 64 MiB, and stays so.
CMD ["node", "--max-semi-space-size=8", "dist/main.js"]
