#!/usr/bin/env node
'use strict';
require('../dist/wcalc.cjs');
