BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 60 }
    $velo = $simulator.VeloCloud

    # One connection for each tier, by the tier's name.
    foreach ($tier in 'customer', 'partner', 'operator') {
        $user = $velo.Users | Where-Object Tier -EQ $tier
        $null = Connect-VeloCloud $velo.Server -Credential $user.Credential -Operator:($tier -eq 'operator') -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name $tier
    }

    # How each tier names an enterprise of its own: a customer needs to name none.
    $own = @{ customer = @{}; partner = @{ Enterprise = 'Globex' }; operator = @{ Enterprise = 'Acme' } }

    # What reached the server, oldest first: the methods of the portal API, and verb and path of APIv2.
    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud | ForEach-Object {
                if ($_.Path -like '/portal/rest/*') { $_.Path -replace '^/portal/rest/' } else { "$($_.Method) $($_.Path)" }
            })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Set-Server {
        param([hashtable] $Setting)
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/settings' $Setting
    }

    # Changes an edge behind the client's back.
    function Set-ServerEdge {
        param([long] $Id, [hashtable] $Member)
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/edge' ($Member + @{ id = $Id })
    }

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }

    function New-TestEdge {
        param([string] $Tier, [string] $Name = "edge $([guid]::NewGuid())", [hashtable] $Option = @{})
        $place = $own[$Tier]
        New-VeloCloudEdge -Connection $Tier @place -Name $Name -Profile 'Quick Start Profile' -Model edge6X0 @Option
    }
}

AfterAll {
    Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud
    Stop-OrchestratorSimulator $simulator
}

Describe 'Invoke-VeloCloudRequest' {
    BeforeEach {
        Clear-Log
    }

    AfterEach {
        Set-Server @{ pageLimit = 2048; release4 = $false; asyncSeconds = 1; failAsync = $false }
    }

    It 'reads as a <_>' -ForEach 'customer', 'partner', 'operator' {
        $all = @(Invoke-VeloCloudRequest enterprises/ -Connection $_)
        $all.name | Should -Be @(Get-VeloCloudEnterprise -Connection $_).Name
        $all[0].Connection | Should -Be $_
        @(Get-Call | Where-Object { $_ -like 'GET *' -and $_ -notlike 'GET /api/sdwan/v2/enterprises*' }) | Should -BeNullOrEmpty
    }

    It 'follows the links of pages, and with -NoPaging does not' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        Set-Server @{ pageLimit = 7 }
        $edges = Invoke-VeloCloudRequest "enterprises/$id/edges" -Connection customer
        $edges.Count | Should -Be 30
        @($edges.logicalId | Sort-Object -Unique).Count | Should -Be 30
        @(Invoke-VeloCloudRequest "enterprises/$id/edges" -Connection customer -NoPaging).Count | Should -Be 7
        (Invoke-VeloCloudRequest "enterprises/$id/edges" -Connection customer -Raw | ConvertFrom-Json).metaData.more | Should -BeTrue
    }

    It 'filters and includes by -Query' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $found = Invoke-VeloCloudRequest "enterprises/$id/edges" -Query @{ 'edgeState[is]' = 'OFFLINE'; include = 'site.*' } -Connection customer
        $found.Count | Should -Be @(Get-VeloCloudEdge -State OFFLINE -Connection customer).Count
        $found[0].site.timezone | Should -Not -BeNullOrEmpty
    }

    It 'takes times of the query as milliseconds' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $null = Invoke-VeloCloudRequest "enterprises/$id/events" -Query @{ start = (Get-Date).AddHours(-1); limit = 5 } -NoPaging -Connection customer
        $sent = Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path '*events'
        "$($sent.Path)$($sent.Query)" | Should -Match 'start=\d{13}(&|$)'
    }

    It 'changes after a question, once, and waits for what goes on' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $edge = (Get-VeloCloudEdge -State CONNECTED -Connection customer | Select-Object -First 1).LogicalId
        $path = "enterprises/$id/edges/$edge/deviceSettings"
        $patch = @(@{ op = 'add'; path = '/note'; value = 'mine' })
        Clear-Log
        Invoke-VeloCloudRequest $path -Method PATCH -Body $patch -Connection customer -WhatIf
        Get-Call | Should -BeNullOrEmpty
        $begun = Invoke-VeloCloudRequest $path -Method PATCH -Body $patch -Connection customer -Confirm:$false
        $begun.Location | Should -BeLike '*asyncOperations/*'
        (Invoke-VeloCloudRequest $begun.Location -Connection customer).id | Should -Be $begun.id
        $end = Invoke-VeloCloudRequest $path -Method PATCH -Body $patch -Connection customer -Confirm:$false -Wait
        $end.status | Should -Be 'SUCCESS'
        (Invoke-VeloCloudRequest $path -Connection customer).note | Should -Be 'mine'
        @(Get-Call | Where-Object { $_ -like 'PATCH*' }).Count | Should -Be 2
    }

    It 'says when what goes on fails' {
        $id = (Get-VeloCloudEnterprise -Connection customer).LogicalId
        $edge = (Get-VeloCloudEdge -State CONNECTED -Connection customer | Select-Object -First 1).LogicalId
        Set-Server @{ failAsync = $true }
        $null = Invoke-VeloCloudRequest "enterprises/$id/edges/$edge/deviceSettings" -Method PATCH -Body @(@{ op = 'add'; path = '/x'; value = 1 }) -Wait -Confirm:$false -Connection customer -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Failed,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
        "$($failed[0])" | Should -BeLike '*did not take the change*'
    }

    It 'finds APIv2 of an old release' {
        Set-Server @{ release4 = $true }
        $user = $velo.Users | Where-Object Tier -EQ customer
        $null = Connect-VeloCloud $velo.Server -Credential $user.Credential -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name old -NotDefault
        try {
            @(Invoke-VeloCloudRequest enterprises/ -Connection old).Count | Should -Be 1
            (Get-Call)[-1] | Should -Be 'GET /sdwan/enterprises/'
        }
        finally {
            Disconnect-VeloCloud old
        }
    }

    It 'sends nothing that the table says is wrong: <Wanted>' -ForEach @(
        @{ Option = @{ Path = 'enterprises/x/edge' }; Wanted = "*-Path*did you mean 'enterprises/x/edges'*" }
        @{ Option = @{ Path = 'enterprises/{enterpriseLogicalId}/edges' }; Wanted = '*-Path*missing*' }
        @{ Option = @{ Path = 'enterprises/x/events'; Method = 'PUT'; Body = @{ a = 1 } }; Wanted = '*-Method*takes GET*' }
        @{ Option = @{ Path = 'enterprises/x/edges'; Query = @{ 'edgeStat[is]' = 'OFFLINE' } }; Wanted = "*-Query*did you mean 'edgeState*" }
        @{ Option = @{ Path = 'enterprises/x/flowStats'; Query = @{ start = 1600000000000 } }; Wanted = "*'groupBy' is required*" }
        @{ Option = @{ Path = 'enterprises/x/events'; Query = @{ start = 'yesterday' } }; Wanted = '*-Query*whole number*' }
        @{ Option = @{ Path = 'enterprises/x/edges/y'; Method = 'PATCH'; Body = @{ name = 'z' } }; Wanted = '*-Body*list of changes*' }
        @{ Option = @{ Path = 'enterprises/'; Method = 'POST'; Body = @{ naem = 'z' } }; Wanted = "*-Body*did you mean 'name'*" }
    ) {
        Invoke-VeloCloudRequest @Option -Connection customer -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.BadParameter,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
        "$($failed[0])" | Should -BeLike $Wanted
        Get-Call | Should -BeNullOrEmpty
    }

    It 'sends it all the same with -Force, and says what the server says' {
        Invoke-VeloCloudRequest enterprises/nope/edges -Connection customer -Force -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
        "$($failed[0])" | Should -BeLike '*enterprise not found*'
    }

    It 'says when a token is expired' {
        $user = Invoke-SimulatorCommand $simulator 'systems/veloCloud/user' @{ user = 'short@acme.example'; role = 'Enterprise Superuser' }
        $null = Connect-VeloCloud $velo.Server -Token (ConvertTo-SecureString $user.token -AsPlainText) -ServerCertificateThumbprint $velo.CertificateThumbprint -NoProxy -Name short -NotDefault
        try {
            $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/expireToken' @{ user = 'short@acme.example' }
            Invoke-VeloCloudRequest enterprises/ -Connection short -ErrorAction SilentlyContinue -ErrorVariable failed
            $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Authentication,OrchestratorTools.VeloCloud.InvokeVeloCloudRequestCommand'
            "$($failed[0])" | Should -BeLike '*tokenError*'
        }
        finally {
            Disconnect-VeloCloud short
        }
    }

    It 'completes paths a part at a time' {
        (Get-Completion 'Invoke-VeloCloudRequest applicationM').ListItemText | Should -Contain 'applicationMaps/{logicalId}'
        (Get-Completion 'Invoke-VeloCloudRequest enterprises/abc/edges/def/link').ListItemText | Should -Contain 'enterprises/abc/edges/def/linkStats'
    }
}

Describe 'Find-VeloCloudMethod' {
    It 'knows all operations of both APIs, and those that no definition has' {
        $all = Find-VeloCloudMethod
        @($all | Where-Object { $_.IsDefined -and $_.Api -eq 'v1' }).Count | Should -Be 287
        @($all | Where-Object Api -EQ 'v2').Count | Should -Be 44
        $seen = @($all | Where-Object { -not $_.IsDefined })
        $seen.Name | Should -Contain 'license/getEnterpriseEdgeLicenses'
        $seen.Name | Should -Contain 'async/getStatus'
        $seen.Count | Should -Be 14
    }

    It 'asks no server' {
        Clear-Log
        $null = Find-VeloCloudMethod
        Get-Call | Should -BeNullOrEmpty
    }

    It 'finds by name, object, parameter and right' {
        (Find-VeloCloudMethod getEdge).Name | Should -Be 'edge/getEdge'
        (Find-VeloCloudMethod edge/*Reactivation).Name | Should -Be 'edge/edgeCancelReactivation', 'edge/edgeRequestReactivation'
        (Find-VeloCloudMethod -Object vpn).Name | Should -Be 'vpn/generateVpnGatewayConfiguration'
        (Find-VeloCloudMethod -Object deviceSettings).Verb | Sort-Object -Unique | Should -Be 'GET', 'PATCH', 'PUT'
        (Find-VeloCloudMethod -Parameter groupBy).Api | Sort-Object -Unique | Should -Be 'v2'
        (Find-VeloCloudMethod -Object disasterRecovery -OperatorOnly).Count | Should -BeGreaterThan 0
        Find-VeloCloudMethod enterpriseUser/* -OperatorOnly | Should -BeNullOrEmpty
        ('edge/getEdge', 'edge/deleteEdge' | Find-VeloCloudMethod).Name | Should -Be 'edge/getEdge', 'edge/deleteEdge'
    }

    It 'shows parameters, privileges and the cmdlet, in that cmdlet''s words' {
        $method = Find-VeloCloudMethod edge/edgeProvision
        ($method.Parameter | Where-Object Name -EQ modelNumber).IsRequired | Should -BeTrue
        ($method.Parameter | Where-Object Name -EQ modelNumber).Words | Should -Contain 'virtual'
        $method.Privilege | Should -Be 'CREATE EDGE'
        $method.Cmdlet | Should -Be 'New-VeloCloudEdge'
        $method.IsRead | Should -BeFalse
        $method = Find-VeloCloudMethod enterprise/getEnterpriseEdges
        $method.Description | Should -BeLike "*$((Get-Help Get-VeloCloudEdge).Synopsis)*"
        (Find-VeloCloudMethod vpn/generateVpnGatewayConfiguration).Description | Should -BeNullOrEmpty
    }

    It 'asks what was meant where there is no such operation' {
        Find-VeloCloudMethod edge/getEgde -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.FindVeloCloudMethodCommand'
        "$($failed[0])" | Should -BeLike "*did you mean 'edge/getEdge'*"
    }

    It 'completes' {
        (Get-Completion 'Find-VeloCloudMethod getEdgeS').ListItemText | Should -Contain 'edge/getEdgeSDWANPeers'
        (Get-Completion 'Find-VeloCloudMethod -Object gat').ListItemText | Should -Contain 'gatewayProperty'
    }

    It 'names cmdlets and operations that there are' {
        $coverage = (Get-Command Find-VeloCloudMethod).ImplementingType.Assembly.GetType('OrchestratorTools.VeloCloud.VeloCloudCoverage')
        $cmdlets = @($coverage.GetProperty('Cmdlets').GetValue($null))
        $cmdlets.Count | Should -BeGreaterThan 20
        $there = (Get-Command -Module OrchestratorTools).Name
        $cmdlets | Where-Object { $_ -notin $there } | Should -BeNullOrEmpty
        $operations = Find-VeloCloudMethod | ForEach-Object { if ($_.Api -eq 'v2') { "v2:$($_.Name)" } else { $_.Name } }
        $coverage.GetProperty('Operations').GetValue($null) | Where-Object { $_ -notin $operations } | Should -BeNullOrEmpty
    }

    It 'is the list that Invoke-VeloCloudMethod goes by' {
        $names = Find-VeloCloudMethod | Where-Object { $_.Api -eq 'v1' -and $_.Name -notlike 'login/*' -and $_.Name -ne 'logout' } | ForEach-Object Name
        Compare-Object $names (Get-Completion 'Invoke-VeloCloudMethod ').ListItemText | Should -BeNullOrEmpty
    }
}

Describe 'Get-VeloCloudEdge, by device and profile' {
    BeforeEach {
        Clear-Log
    }

    It 'chooses by serial number, model and version' {
        $edges = Get-VeloCloudEdge -Connection customer
        $one = $edges | Where-Object SerialNumber | Select-Object -First 1
        (Get-VeloCloudEdge -Connection customer -SerialNumber $one.SerialNumber).Id | Should -Contain $one.Id
        @(Get-VeloCloudEdge -Connection customer -Model $one.ModelNumber).Count | Should -Be @($edges | Where-Object ModelNumber -EQ $one.ModelNumber).Count
        @(Get-VeloCloudEdge -Connection customer -Version 5.2.*).Count | Should -Be @($edges | Where-Object SoftwareVersion -Like 5.2.*).Count
    }

    It 'chooses by profile, and shows profile, image and licence where they are asked for' {
        $all = Get-VeloCloudEdge -Connection customer -IncludeProfile -IncludeLicense
        $all[0].ProfileName | Should -Not -BeNullOrEmpty
        $all[0].ProfileId | Should -BeOfType [long]
        $all[0].SoftwareImageName | Should -Not -BeNullOrEmpty
        $all[0].License[0].Edition | Should -Not -BeNullOrEmpty
        $expected = @($all | Where-Object ProfileName -EQ $all[0].ProfileName).Id
        (Get-VeloCloudEdge -Connection customer -Profile $all[0].ProfileName).Id | Should -Be $expected
        (Get-VeloCloudEdge -Connection customer -Profile $all[0].ProfileId).Id | Should -Be $expected
        (Get-VeloCloudEdge -Connection customer).ProfileName | Sort-Object -Unique | Should -BeNullOrEmpty
    }

    It 'asks several enterprises at once, at most -ThrottleLimit, and keeps their order' {
        $seen = Get-VeloCloudEnterprise -Connection operator | Get-VeloCloudEdge -ThrottleLimit 2 | Select-Object -ExpandProperty EnterpriseName -Unique
        $seen | Should -Be 'Acme', 'Globex', 'Initech', 'Umbrella'
        # Every answer takes a while, so that requests that are sent at once are under way at once: the log's times tell.
        Clear-Log
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud Latency -Milliseconds 300 -Path *getEnterpriseEdges -Count 8
        @(Get-VeloCloudEnterprise -Connection operator | Get-VeloCloudEdge -ThrottleLimit 2).Count | Should -Be 60
        $times = @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path *getEnterpriseEdges | ForEach-Object { @{ From = $_.Time; To = $_.Time + $_.Duration } })
        $times.Count | Should -Be 4
        $most = ($times | ForEach-Object { $one = $_; @($times | Where-Object { $_.From -le $one.From -and $_.To -gt $one.From }).Count } | Measure-Object -Maximum).Maximum
        $most | Should -Be 2
        Clear-OrchestratorSimulatorFault -Simulator $simulator
    }

    It 'goes on with the other enterprises where one fails' {
        $found = @(Get-VeloCloudEdge -Connection operator -Enterprise Acme, 999999, Umbrella -ErrorAction SilentlyContinue -ErrorVariable failed)
        @($found.EnterpriseName | Sort-Object -Unique) | Should -Be 'Acme', 'Umbrella'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudEdgeCommand'
    }

    It 'does not let a <Tier> see an enterprise that is not his' -ForEach @{ Tier = 'customer' }, @{ Tier = 'partner' } {
        $foreign = (Get-VeloCloudEnterprise Umbrella -Connection operator).Id
        Get-VeloCloudEdge -Connection $Tier -Enterprise $foreign -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Match '^VeloCloud\.(NotFound|Permission),'
    }
}

Describe 'New-VeloCloudEdge as <_>' -ForEach 'customer', 'partner', 'operator' {
    BeforeAll {
        $tier = $_
        $place = $own[$tier]
    }

    It 'makes an edge that can be read, with an activation key that nothing shows' {
        $name = "store $([guid]::NewGuid())"
        $DebugPreference = 'Continue'
        $edge = New-VeloCloudEdge $name 'Quick Start Profile' edge6X0 -Connection $tier @place -Description 'new "one"' -SerialNumber VC001 -SiteName Store -City Bremen -Country DE -Latitude 53.1 -Verbose 4>&1 5>&1 | Tee-Object -Variable said | Where-Object { $_ -is [OrchestratorTools.Clients.VeloCloud.VeloCloudEdge] }
        $DebugPreference = 'SilentlyContinue'
        $key = $edge.GetActivationKey()
        $key | Should -Not -BeNullOrEmpty
        $edge.Name | Should -Be $name
        $edge.Connection | Should -Be $tier
        $texts = ($said | Out-String -Width 500) + ($edge | Format-List * -Force | Out-String -Width 500) + ($edge | ConvertTo-Json -Depth 4) + ($edge | Format-Table | Out-String)
        $texts | Should -Not -BeLike "*$key*"
        $read = Get-VeloCloudEdge $name -Connection $tier @place -IncludeSite
        $read.SerialNumber | Should -Be 'VC001'
        $read.Site.Address.City | Should -Be 'Bremen'
        $read.Site.Address.Latitude | Should -Be 53.1
        $read | Remove-VeloCloudEdge -Confirm:$false
    }

    It 'sends nothing with -WhatIf, and nothing for a profile that does not exist' {
        Clear-Log
        New-VeloCloudEdge x 'Quick Start Profile' edge6X0 -Connection $tier @place -WhatIf | Should -BeNullOrEmpty
        New-VeloCloudEdge x 'no such profile' edge6X0 -Connection $tier @place -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.NewVeloCloudEdgeCommand'
        Get-Call | Should -Not -Contain 'edge/edgeProvision'
    }

    It 'says when the name is taken' {
        $first = New-TestEdge $tier
        try {
            New-VeloCloudEdge $first.Name 'Quick Start Profile' edge6X0 -Connection $tier @place -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            "$($failed[0])" | Should -BeLike '*already exists*'
        }
        finally {
            $first | Remove-VeloCloudEdge -Confirm:$false
        }
    }
}

Describe 'Changing an edge as <_>' -ForEach 'customer', 'partner', 'operator' {
    BeforeAll {
        $tier = $_
        $place = $own[$tier]
        $edge = New-TestEdge $tier
        $live = Get-VeloCloudEdge -State CONNECTED -Connection $tier @place | Select-Object -First 1
    }

    AfterAll {
        $edge | Remove-VeloCloudEdge -Confirm:$false
    }

    BeforeEach {
        Clear-Log
    }

    It 'sets what is said and nothing else' {
        $changed = $edge | Set-VeloCloudEdge -Description 'one' -City 'Łódź' -PassThru
        $changed.Description | Should -Be 'one'
        $null = Set-VeloCloudEdge $edge.Name -Connection $tier @place -CustomInfo 'rack 4'
        $read = Get-VeloCloudEdge -Id $edge.Id -Connection $tier @place -IncludeSite
        $read.Description | Should -Be 'one'
        $read.CustomInfo | Should -Be 'rack 4'
        $read.Site.Address.City | Should -Be 'Łódź'
        (Set-VeloCloudEdge $edge.Id -Connection $tier @place -Description '' -PassThru).Description | Should -BeNullOrEmpty
        @(Get-Call | Where-Object { $_ -eq 'edge/updateEdgeAttributes' }).Count | Should -Be 3
    }

    It 'refuses to change nothing, and sends nothing with -WhatIf' {
        { $edge | Set-VeloCloudEdge } | Should -Throw -ErrorId 'VeloCloud.BadParameter,OrchestratorTools.VeloCloud.SetVeloCloudEdgeCommand'
        $edge | Set-VeloCloudEdge -Description x -WhatIf
        Get-Call | Should -Not -Contain 'edge/updateEdgeAttributes'
    }

    It 'says which edge does not exist, and goes on with the others' {
        $changed = @(Set-VeloCloudEdge 'no such edge', $edge.Name -Connection $tier @place -CustomInfo 'two' -PassThru -ErrorAction SilentlyContinue -ErrorVariable failed)
        $changed.CustomInfo | Should -Be 'two'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.SetVeloCloudEdgeCommand'
        "$($failed[0])" | Should -BeLike "*-Edge 'no such edge'*"
    }

    It 'gives another profile' {
        ($edge | Set-VeloCloudEdgeProfile -Profile Branches -PassThru -Confirm:$false).ProfileName | Should -Be 'Branches'
        $edge | Set-VeloCloudEdgeProfile -Profile 'Quick Start Profile' -WhatIf
        (Get-VeloCloudEdge -Id $edge.Id -Connection $tier @place -IncludeProfile).ProfileName | Should -Be 'Branches'
        $edge | Set-VeloCloudEdgeProfile -Profile nope -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.SetVeloCloudEdgeProfileCommand'
    }

    It 'reads the configuration that holds' {
        $stack = @($edge | Get-VeloCloudEdgeStack)
        @($stack.OwnerType | Sort-Object -Unique) | Should -Be 'Edge', 'Profile'
        $effective = @($edge | Get-VeloCloudEdgeStack -Effective)
        @($effective.Name | Group-Object | Where-Object Count -GT 1) | Should -BeNullOrEmpty
        @($edge | Get-VeloCloudEdgeStack -Module fire*).Name | Sort-Object -Unique | Should -Be 'firewall'
        { ($stack[0].DataJson() | ConvertFrom-Json) } | Should -Not -Throw
    }

    It 'asks for another device, and takes that back' {
        $asked = $live | Request-VeloCloudEdgeReactivation
        $asked.ActivationState | Should -Be 'REACTIVATION_PENDING'
        $asked.GetActivationKey() | Should -Not -BeNullOrEmpty
        ($live | Undo-VeloCloudEdgeReactivation -PassThru).ActivationState | Should -Be 'ACTIVATED'
        $live | Undo-VeloCloudEdgeReactivation -ErrorAction SilentlyContinue -ErrorVariable failed
        "$($failed[0])" | Should -BeLike '*No reactivation*'
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Failed,OrchestratorTools.VeloCloud.UndoVeloCloudEdgeReactivationCommand'
        Clear-Log
        $live | Request-VeloCloudEdgeReactivation -WhatIf
        Get-Call | Should -Not -Contain 'edge/edgeRequestReactivation'
    }

    It 'acts on devices by APIv2' {
        $live | Invoke-VeloCloudEdgeAction -Action BlinkLeds -Wait
        @(Get-Call) -like 'POST *edges/' | Should -HaveCount 1
        $after = $live | Invoke-VeloCloudEdgeAction -Action Reboot -Wait -PassThru -Confirm:$false
        $after.SystemUpSince | Should -BeGreaterThan $live.SystemUpSince
        Clear-Log
        $live | Invoke-VeloCloudEdgeAction -Action Shutdown -WhatIf
        $edge | Invoke-VeloCloudEdgeAction -Action Reboot -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.WrongState,OrchestratorTools.VeloCloud.InvokeVeloCloudEdgeActionCommand'
        @(Get-Call) -like 'POST *edges/' | Should -BeNullOrEmpty
    }

    It 'gives a licence' {
        $licenses = Get-VeloCloudLicense -Connection $tier @place
        $licenses.Count | Should -BeGreaterThan 1
        foreach ($license in $licenses[0], $licenses[1]) {
            $edge | Set-VeloCloudEdgeLicense -License $license
            (Get-VeloCloudEdge $edge.Name -Connection $tier @place -IncludeLicense).License.Id | Should -Be $license.Id
        }
        $edge | Set-VeloCloudEdgeLicense -License $licenses[0].Name
        Clear-Log
        $edge | Set-VeloCloudEdgeLicense -License $licenses[1] -WhatIf
        Get-Call | Should -Not -Contain 'license/setEnterpriseEdgeLicenseEdition'
        $edge | Set-VeloCloudEdgeLicense -License nope -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.SetVeloCloudEdgeLicenseCommand'
    }

    It 'gives a software image, and takes it away' {
        $image = Get-VeloCloudSoftwareImage -Connection $tier @place | Select-Object -First 1
        $image.Version | Should -Not -BeNullOrEmpty
        ($edge | Set-VeloCloudEdgeSoftwareImage -SoftwareImage $image.Name -PassThru -Confirm:$false).SoftwareImageId | Should -Be $image.Id
        ($edge | Set-VeloCloudEdgeSoftwareImage -Inherit -PassThru -Confirm:$false).SoftwareImageId | Should -BeGreaterThan 0
        Clear-Log
        $edge | Set-VeloCloudEdgeSoftwareImage -SoftwareImage $image -WhatIf
        @(Get-Call) -like '*OperatorConfiguration' | Should -BeNullOrEmpty
    }

    It 'does not delete a connected edge, and says so before it asks' {
        $live | Remove-VeloCloudEdge -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.WrongState,OrchestratorTools.VeloCloud.RemoveVeloCloudEdgeCommand'
        "$($failed[0])" | Should -BeLike '*is connected*Nothing was sent*'
        $live | Remove-VeloCloudEdge -WhatIf -ErrorAction SilentlyContinue
        Get-Call | Should -Not -Contain 'edge/deleteEdge'
    }

    It 'deletes one that is not' {
        $gone = New-TestEdge $tier
        $gone | Remove-VeloCloudEdge -WhatIf
        Get-Call | Should -Not -Contain 'edge/deleteEdge'
        $gone | Remove-VeloCloudEdge -Confirm:$false
        Get-VeloCloudEdge -Id $gone.Id -Connection $tier @place -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $gone | Remove-VeloCloudEdge -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.RemoveVeloCloudEdgeCommand'
    }
}

Describe 'Edges of a whole enterprise' {
    It 'are meant by an enterprise in the pipeline' {
        $edges = @(Get-VeloCloudEnterprise Globex -Connection operator | Get-VeloCloudEdgeStack -Module WAN | Where-Object OwnerType -EQ Edge)
        @($edges.Owner | Sort-Object -Unique).Count | Should -Be @(Get-VeloCloudEdge -Enterprise Globex -Connection operator).Count
    }

    It 'are completed by name' {
        (Get-Completion 'Set-VeloCloudEdge -Connection customer -Edge branch-00').ListItemText | Should -Contain 'branch-0000'
        (Get-Completion 'Get-VeloCloudEdgeStack -Connection operator -Enterprise Globex -Edge ').Count | Should -BeGreaterThan 3
        (Get-Completion 'New-VeloCloudEdge x -Model vir').ListItemText | Should -Be 'virtual'
    }
}

Describe 'Enterprises' {
    It 'are made, changed and deleted by a <_>' -ForEach 'partner', 'operator' {
        $name = "customer $([guid]::NewGuid())"
        # A partner has no right to list all images: one of an enterprise of his.
        $image = Get-VeloCloudSoftwareImage -Enterprise Globex -Connection $_ | Select-Object -First 1
        Clear-Log
        New-VeloCloudEnterprise $name $image -WhatIf | Should -BeNullOrEmpty
        @(Get-Call) -like '*insertEnterprise*' | Should -BeNullOrEmpty
        $password = "Pa55-$([guid]::NewGuid())"
        $first = [pscredential]::new("admin-$([guid]::NewGuid())@new.example", (ConvertTo-SecureString $password -AsPlainText))
        $DebugPreference = 'Continue'
        $made = New-VeloCloudEnterprise $name $image -City Gotham -ContactEmail c@new.example -Credential $first 5>&1 | Tee-Object -Variable said | Where-Object { $_ -is [OrchestratorTools.Clients.VeloCloud.VeloCloudEnterprise] }
        $DebugPreference = 'SilentlyContinue'
        ($said | Out-String -Width 500) | Should -Not -BeLike "*$password*"
        $made.Name | Should -Be $name
        $made.Address.City | Should -Be 'Gotham'
        ($made | Set-VeloCloudEnterprise -Description 'two' -PassThru).Description | Should -Be 'two'
        $sent = Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path *updateEnterprise
        @($sent).Count | Should -Be 1
        $made | Remove-VeloCloudEnterprise -WhatIf
        (Get-VeloCloudEnterprise $name -Connection $_).Id | Should -Be $made.Id
        $made | Remove-VeloCloudEnterprise -Confirm:$false
        Get-VeloCloudEnterprise "$name*" -Connection $_ | Should -BeNullOrEmpty
    }

    It 'are changed by their customer, who names the enterprise and sends its id' {
        { Set-VeloCloudEnterprise -Description x -Connection customer -Enterprise $null } | Should -Throw
        $id = (Get-VeloCloudEnterprise -Connection customer).Id
        Clear-Log
        (Set-VeloCloudEnterprise Acme -Description 'mine' -Connection customer -PassThru).Description | Should -Be 'mine'
        $body = (Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path *updateEnterprise)
        $body.Count | Should -Be 1
        $DebugPreference = 'Continue'
        $said = Set-VeloCloudEnterprise Acme -Description 'mine' -Connection customer 5>&1 | Out-String -Width 500
        $said | Should -BeLike "*`"enterpriseId`":$id*"
    }

    It 'are named exactly, and one''s own is not taken for another' {
        Clear-Log
        Set-VeloCloudEnterprise Glob* -Description x -Connection operator -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Ambiguous,OrchestratorTools.VeloCloud.SetVeloCloudEnterpriseCommand'
        Set-VeloCloudEnterprise Globex -Description x -Connection customer -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.SetVeloCloudEnterpriseCommand'
        Remove-VeloCloudEnterprise * -Connection operator -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Ambiguous,OrchestratorTools.VeloCloud.RemoveVeloCloudEnterpriseCommand'
        Get-Call | Should -Not -Contain 'enterprise/updateEnterprise'
        Get-Call | Should -Not -Contain 'enterprise/deleteEnterprise'
    }

    It 'with connected edges are not deleted, and that is said before the question' {
        Clear-Log
        Remove-VeloCloudEnterprise Acme -Connection operator -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.WrongState,OrchestratorTools.VeloCloud.RemoveVeloCloudEnterpriseCommand'
        Get-Call | Should -Not -Contain 'enterprise/deleteEnterprise'
    }

    It 'are not made by a customer' {
        New-VeloCloudEnterprise x 1 -Connection customer -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Permission,OrchestratorTools.VeloCloud.NewVeloCloudEnterpriseCommand'
    }
}

Describe 'Partners and gateway pools' {
    It 'are an operator''s to see' {
        $partner = Get-VeloCloudPartner -Connection operator | Where-Object Id -EQ (Get-VeloCloudEnterprise Globex -Connection operator).PartnerId
        $partner.EnterpriseCount | Should -Be @(Get-VeloCloudEnterprise -Connection partner).Count
        (Get-VeloCloudPartner $partner.Name -Connection operator).Id | Should -Be $partner.Id
        foreach ($tier in 'customer', 'partner') {
            Get-VeloCloudPartner -Connection $tier -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
            $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Permission,OrchestratorTools.VeloCloud.GetVeloCloudPartnerCommand'
        }
        Get-VeloCloudPartner nope -Connection operator -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudPartnerCommand'
    }

    It 'pools are seen by an operator and a partner, not by a customer' {
        @(Get-VeloCloudGatewayPool -Connection operator).Count | Should -BeGreaterThan 1
        @(Get-VeloCloudGatewayPool -Connection partner).Count | Should -BeGreaterThan 0
        (Get-VeloCloudGatewayPool 'Default Pool' -Connection operator).Gateway.Count | Should -BeGreaterThan 1
        Get-VeloCloudGatewayPool -Connection customer -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Permission,OrchestratorTools.VeloCloud.GetVeloCloudGatewayPoolCommand'
    }

    It 'pools are made, changed and deleted' {
        $name = "pool $([guid]::NewGuid())"
        New-VeloCloudGatewayPool $name -Connection operator -WhatIf | Should -BeNullOrEmpty
        $pool = New-VeloCloudGatewayPool $name -Description 'one' -HandOffType ALLOW -Connection operator
        $pool.HandOffType | Should -Be 'ALLOW'
        ($pool | Set-VeloCloudGatewayPool -Description 'two' -PassThru).Description | Should -Be 'two'
        { $pool | Set-VeloCloudGatewayPool } | Should -Throw -ErrorId 'VeloCloud.BadParameter,*'
        $pool | Remove-VeloCloudGatewayPool -WhatIf
        $pool | Remove-VeloCloudGatewayPool -Confirm:$false
        Get-VeloCloudGatewayPool -Id $pool.Id -Connection operator -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Remove-VeloCloudGatewayPool 'Default Pool' -Connection operator -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 1 -Because 'enterprises have it'
    }
}

Describe 'Licences and images' {
    It 'all are an operator''s to see' {
        @(Get-VeloCloudLicense -All -Connection operator).Count | Should -BeGreaterThan 1
        @(Get-VeloCloudSoftwareImage -All -Connection operator).Count | Should -BeGreaterThan 1
        Get-VeloCloudLicense -All -Connection partner -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Permission,OrchestratorTools.VeloCloud.GetVeloCloudLicenseCommand'
        Get-VeloCloudSoftwareImage -All -Connection customer -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.Permission,OrchestratorTools.VeloCloud.GetVeloCloudSoftwareImageCommand'
    }

    It 'count the edges of each enterprise' {
        $counts = (Get-VeloCloudEnterprise -Connection operator | Get-VeloCloudLicense | Measure-Object EdgeCount -Sum).Sum
        $counts | Should -Be @(Get-VeloCloudEnterprise -Connection operator | Get-VeloCloudEdge).Count
        Get-VeloCloudLicense nope -Connection customer -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -Be 'VeloCloud.NotFound,OrchestratorTools.VeloCloud.GetVeloCloudLicenseCommand'
        (Get-Completion 'Get-VeloCloudLicense -Connection customer ').ListItemText | Should -Contain (Get-VeloCloudLicense -Connection customer | Select-Object -First 1).Name
    }
}

Describe 'Export-EdgeInventory' {
    BeforeAll {
        $script = Join-Path $RepositoryRoot examples Export-EdgeInventory.ps1
    }

    It 'writes every edge that a <Tier> sees' -ForEach @(
        @{ Tier = 'customer'; Enterprises = @('Acme') }
        @{ Tier = 'partner'; Enterprises = @('Globex', 'Initech') }
        @{ Tier = 'operator'; Enterprises = @('Acme', 'Globex', 'Initech', 'Umbrella') }
    ) {
        $csv = Join-Path $TestDrive "$Tier.csv"
        Set-Content $csv 'old'
        Clear-Log
        $summary = @(& $script -Path $csv -Connection $Tier -Module $ModulePath)
        $summary.Enterprise | Should -Be $Enterprises
        $rows = @(Import-Csv -LiteralPath $csv)
        $edges = @(Get-VeloCloudEnterprise -Connection $Tier | Get-VeloCloudEdge -IncludeSite)
        $rows.Id | Should -Be $edges.Id
        ($summary | Measure-Object Edges -Sum).Sum | Should -Be $rows.Count
        ($summary | Measure-Object Offline -Sum).Sum | Should -Be @($edges | Where-Object State -EQ OFFLINE).Count
        $rows[0].Profile | Should -Not -BeNullOrEmpty
        $rows[0].License | Should -Not -BeNullOrEmpty
        @($rows | ForEach-Object City) | Should -Be @($edges | ForEach-Object { "$($_.Site.Address.City)" })
        [IO.File]::ReadAllText($csv) | Should -Not -BeLike "*$(($edges | Where-Object { $_.GetActivationKey() } | Select-Object -First 1).GetActivationKey())*"
        @(Get-ChildItem $TestDrive -Filter *.part) | Should -BeNullOrEmpty
    }

    It 'leaves the old file as it was when it fails' {
        $csv = Join-Path $TestDrive kept.csv
        Set-Content $csv 'old'
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud Status -Status 400 -Path *getEnterpriseEdges
        try {
            { & $script -Path $csv -Connection operator -Module $ModulePath } | Should -Throw
            Get-Content $csv | Should -Be 'old'
        }
        finally {
            Clear-OrchestratorSimulatorFault -Simulator $simulator
        }
    }

    It 'shows a simulator with nothing at hand' {
        $csv = Join-Path $TestDrive alone.csv
        @(& $script -Path $csv -Module $ModulePath -Enterprise Ac*).Enterprise | Should -Be 'Acme'
        @(Import-Csv $csv).Count | Should -Be 100
    }
}
