#!/usr/bin/env node
'use strict';
require('./start.cjs')(require.resolve('../dist/wcalc.cjs'));
