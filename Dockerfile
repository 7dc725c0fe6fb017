# An image of nothing but wcalc and the C++ library that it needs: no shell, no Node.
#   docker build -t wcalc . && docker run --rm -v "$PWD:/work:ro" wcalc check
# Or take the program alone into an image of your own that is based on glibc, such as python:3.13-slim:
#   COPY --from=wcalc /usr/local/bin/wcalc /usr/local/bin/wcalc

FROM node:22.23.3-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run binary

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /build/release/wcalc /usr/local/bin/wcalc
COPY --from=build /build/release/LICENSE /build/release/THIRD-PARTY-NOTICES.txt /usr/share/doc/wcalc/
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/wcalc"]
