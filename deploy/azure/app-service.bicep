// Nodes in Azure App Service: az deployment group create -g <group> -f deploy/azure/app-service.bicep -p name=<name> redis=<connection>
// Not run by the tests.
param name string
param instances int = 2
@secure()
param redis string
param location string = resourceGroup().location

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: name
  location: location
  kind: 'linux'
  sku: { name: 'P0v3', capacity: instances }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2023-12-01' = {
  name: name
  location: location
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: true         // Sticky sessions: the cookie ARRAffinity.
    siteConfig: {
      linuxFxVersion: 'DOTNETCORE|10.0'
      webSocketsEnabled: true
      alwaysOn: true
      healthCheckPath: '/health'
      appSettings: [
        { name: 'REDIS', value: redis }
      ]
    }
  }
}
