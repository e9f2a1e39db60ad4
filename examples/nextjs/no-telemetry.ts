// Next reports nothing to its makers.
process.env['NEXT_TELEMETRY_DISABLED'] = '1'
