BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 40 }
    $velo = $simulator.VeloCloud

    # Connects as one of the simulator's users, and notes in $where how that user names an enterprise.
    function Connect-Tier {
        param([string] $Tier)
        $user = $velo.Users | Where-Object Tier -EQ $Tier
        $parameters = @{ Server = $velo.Server; Credential = $user.Credential; Operator = $Tier -eq 'operator'; ServerCertificateThumbprint = $velo.CertificateThumbprint; NoProxy = $true; Name = $Tier }
        $null = Connect-VeloCloud @parameters -NotDefault:($Tier -ne 'customer' -and (Get-OrchestratorConnection -System VeloCloud))
        switch ($Tier) {
            customer { @{} }
            partner { @{ Enterprise = 'Globex' } }
            operator { @{ Enterprise = 'Umbrella' } }
        }
    }

    # The methods that reached the server, oldest first.
    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud | ForEach-Object { "$($_.Method) $($_.Path)" -replace '^POST /portal/rest/' -replace '/api/sdwan/v2/enterprises/[^/]+/(profiles|edges)/[^/]+', '$1' })
    }

    # What of it changes something.
    function Get-Change {
        @(Get-Call | Where-Object { $_ -match '/(insert|update|delete|clone)|^(PUT|PATCH) ' })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Disconnect-All {
        Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud
    }

    # A profile of its own for a test; the tier's enterprise.
    function New-TestProfile {
        param([string] $Name, [hashtable] $Where = @{})
        Copy-VeloCloudProfile Branches $Name @Where
    }

    # What completing the end of a line offers.
    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }
}

AfterAll {
    Disconnect-All
    Stop-OrchestratorSimulator $simulator
}

Describe 'Configuration cmdlets as <_>' -ForEach 'customer', 'partner', 'operator' {
    BeforeAll {
        $tier = $_
        $where = Connect-Tier $tier
        $edge = Get-VeloCloudEdge @where | Select-Object -First 1

        # An edge of an odd number has no firewall module of its own.
        $modules = @('controlPlane', 'deviceSettings', 'WAN') + @(if ($edge.Id % 2 -eq 0) { 'firewall' })
        Clear-Log
    }

    AfterAll {
        Disconnect-All
    }

    BeforeEach {
        Clear-Log
    }

    It 'lists profiles with the edges that have them' {
        $found = @(Get-VeloCloudProfile @where)
        $found.Name | Should -Be 'Quick Start Profile', 'Branches', 'Hubs & "Data Centers"'
        ($found | Measure-Object EdgeCount -Sum).Sum | Should -Be @(Get-VeloCloudEdge @where).Count
        $found[0] | Should -BeOfType OrchestratorTools.Clients.VeloCloud.VeloCloudProfile
        $found[0].Connection | Should -Be $tier
        $found[0].EnterpriseId | Should -Be $edge.EnterpriseId
        (Get-VeloCloudProfile -Id $found[1].Id, $found[2].LogicalId @where).Name | Should -Be $found[1, 2].Name
        (Get-VeloCloudProfile 'hubs*' @where).Name | Should -Be 'Hubs & "Data Centers"'
    }

    It 'copies a profile and removes the copy' {
        $copy = New-TestProfile "Copy [$tier]" $where
        $copy.Name | Should -Be "Copy [$tier]"
        $copy.EdgeCount | Should -Be 0
        ($copy | Get-VeloCloudFirewallRule).Name | Should -Be 'No telnet', 'AllowAny'
        Get-Change | Should -Be 'configuration/cloneConfiguration'
        Remove-VeloCloudProfile "Copy [$tier]" @where -Confirm:$false
        Get-VeloCloudProfile @where | Where-Object Name -EQ "Copy [$tier]" | Should -BeNullOrEmpty
    }

    It 'refuses to remove a profile that edges have, before it asks' {
        $count = (Get-VeloCloudProfile Branches @where).EdgeCount
        Clear-Log
        Remove-VeloCloudProfile Branches @where -ErrorVariable failed -ErrorAction SilentlyContinue -WhatIf
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.WrongState,*'
        $failed.Exception.Message | Should -BeLike "*'Branches'*in use: $count edge*Nothing was sent."
        Get-Change | Should -BeNullOrEmpty
    }

    It 'reads the modules of profiles and edges by the pipeline' {
        $found = @(Get-VeloCloudProfile Branches @where | Get-VeloCloudConfigurationModule)
        $found.Name | Should -Be 'controlPlane', 'deviceSettings', 'QOS', 'firewall', 'WAN', 'metaData'
        $found[3].OwnerType | Should -Be Profile
        $found[3].Data.segments[0].outbound[0].name | Should -Be 'No telnet'
        $own = @($edge | Get-VeloCloudConfigurationModule)
        $own.Name | Should -Be $modules
        $own[0].OwnerType | Should -Be Edge
        $own[0].EdgeId | Should -Be $edge.Id
        (Get-VeloCloudConfigurationModule -Edge $edge.Name properties, wan @where -ErrorAction SilentlyContinue -ErrorVariable failed).Name | Should -BeExactly WAN
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
    }

    It 'changes a module: read, change, read again, write' {
        $null = New-TestProfile "Change $tier" $where
        $module = Get-VeloCloudConfigurationModule -Profile "Change $tier" firewall @where
        $module.Data.syslog_forwarding = $true
        Clear-Log
        $after = $module | Set-VeloCloudConfigurationModule -PassThru
        Get-Call | Should -Be 'configuration/getConfigurationModules', 'configuration/updateConfigurationModule', 'configuration/getConfigurationModules'
        $after.Data.syslog_forwarding | Should -BeTrue
        $after.Data.segments[0].outbound.Count | Should -Be 2
        $after.Version | Should -Not -Be $module.Version
    }

    It 'inserts a module that an edge does not have' {
        $own = Set-VeloCloudConfigurationModule -Edge $edge.Name -Name qos -Data @{ segments = @() } @where -PassThru
        $own.Name | Should -BeExactly QOS
        Get-Change | Should -Be 'configuration/insertConfigurationModule'
        Clear-Log
        Set-VeloCloudConfigurationModule -Edge $edge.Name -Name QOS -Data @{ segments = @(); more = 1 } @where
        Get-Change | Should -Be 'configuration/updateConfigurationModule'
        (Get-VeloCloudConfigurationModule -Edge $edge QOS).Data.more | Should -Be 1
    }

    It 'adds, lists and removes firewall rules of a profile and of an edge' {
        $null = New-TestProfile "Rules $tier" $where
        $rule = Add-VeloCloudFirewallRule -Profile "Rules $tier" 'Block SMB' -Action Deny -Protocol TCP -DestinationPort 445 -Destination 10.0.0.0/8 -Position 1 @where -PassThru
        "$($rule.Position) $($rule.Action) $($rule.Protocol) $($rule.Destination) $($rule.DestinationPort) $($rule.Segment)" | Should -Be '1 deny TCP 10.0.0.0/8 445 Global Segment'
        (Get-VeloCloudFirewallRule -Profile "Rules $tier" @where).Name | Should -Be 'Block SMB', 'No telnet', 'AllowAny'
        Remove-VeloCloudFirewallRule -Profile "Rules $tier" 'Block SMB' @where -Confirm:$false
        (Get-VeloCloudFirewallRule -Profile "Rules $tier" @where).Name | Should -Be 'No telnet', 'AllowAny'

        # Where the edge has no firewall module of its own it gets one, with the segment of its profile.
        $group = Get-VeloCloudObjectGroup 'RFC 1918' @where
        $own = $edge | Add-VeloCloudFirewallRule -Name 'Only here' -Action Allow -SourceGroup $group -Log -PassThru
        Get-Change | Select-Object -Last 1 | Should -Be "configuration/$($edge.Id % 2 ? 'insert' : 'update')ConfigurationModule"
        "$($own.Source) $($own.IsLogged) $($own.Segment) $($own.OwnerType)" | Should -Be "group:$($group.LogicalId) True Global Segment Edge"
        $edge | Get-VeloCloudFirewallRule | Remove-VeloCloudFirewallRule -Confirm:$false
        $edge | Get-VeloCloudFirewallRule | Should -BeNullOrEmpty
    }

    It 'makes, changes and removes object groups' {
        $made = New-VeloCloudObjectGroup "Hosts $tier" -Address 192.0.2.1, 10.0.0.0/8 -Description 'for a test' @where
        $made.Addresses[1] | Should -Be 10.0.0.0/8
        "$($made.Type) $($made.Addresses -join ' ') $($made.Description)" | Should -Be 'address_group 192.0.2.1 10.0.0.0/8 for a test'
        $ports = New-VeloCloudObjectGroup "Ports $tier" -Port tcp/443, udp/500-600 @where
        "$($ports.Type) $($ports.Members -join ' ')" | Should -Be 'port_group tcp/443 udp/500-600'
        (Get-VeloCloudObjectGroup @where -Type port_group).Name | Should -Be 'Web "ports"', "Ports $tier"
        $changed = $made | Set-VeloCloudObjectGroup -Address 192.0.2.2 -NewName "Renamed $tier" -PassThru
        "$($changed.Name) $($changed.Addresses) $($changed.Description) $($changed.Id)" | Should -Be "Renamed $tier 192.0.2.2 for a test $($made.Id)"
        Remove-VeloCloudObjectGroup "Renamed $tier" @where -Confirm:$false
        $ports | Remove-VeloCloudObjectGroup -Confirm:$false
        (Get-VeloCloudObjectGroup @where).Name | Should -Be 'RFC 1918', 'Web "ports"'
    }

    It 'reads and changes device settings of APIv2' {
        $null = New-TestProfile "Device $tier" $where
        $read = Get-VeloCloudDeviceSetting "Device $tier" @where
        $read.Data.ntp.enabled | Should -BeTrue
        $patched = Set-VeloCloudDeviceSetting "Device $tier" -Patch @{ op = 'replace'; path = '/ntp/enabled'; value = $false } -Wait -PassThru @where
        $patched.Data.ntp.enabled | Should -BeFalse
        $patched.Data.radioSettings.country = 'DE'
        Clear-Log
        ($patched | Set-VeloCloudDeviceSetting -Wait).State | Should -Be Done
        Get-Call | Select-Object -First 2 | Should -Be 'GET profiles/deviceSettings', 'PUT profiles/deviceSettings'
        (Get-VeloCloudDeviceSetting "Device $tier" @where).Data.radioSettings.country | Should -Be DE
        $started = $edge | Set-VeloCloudDeviceSetting -Patch @{ op = 'add'; path = '/ntp/note'; value = 'x' }
        "$($started.State) $($started.Owner)" | Should -Be "Running $($edge.Name)"
        $started.Operation | Should -BeLike '*asyncOperations/*'
    }
}

Describe 'What is refused for everybody' {
    BeforeAll {
        $where = Connect-Tier customer
        $null = New-TestProfile Mine
    }

    AfterAll {
        Disconnect-All
    }

    BeforeEach {
        Clear-Log
    }

    It 'asks an operator and a partner which enterprise is meant' {
        foreach ($tier in 'operator', 'partner') {
            $null = Connect-Tier $tier
            Get-VeloCloudProfile -Connection $tier -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Validation,*'
            Get-VeloCloudFirewallRule -Profile Branches -Connection $tier -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed[0].Exception.Message | Should -BeLike '*which enterprise is meant*'
            Disconnect-VeloCloud $tier
        }
    }

    It 'writes nothing with -WhatIf' {
        $module = Get-VeloCloudConfigurationModule -Profile Mine firewall
        $module.Data.firewall_enabled = $false
        $group = Get-VeloCloudObjectGroup 'RFC 1918'
        $setting = Get-VeloCloudDeviceSetting Mine
        $setting.Data.ntp.enabled = $false
        Clear-Log
        $module | Set-VeloCloudConfigurationModule -WhatIf
        Set-VeloCloudConfigurationModule -Profile Mine WAN -Data @{} -WhatIf
        Copy-VeloCloudProfile Mine Other -WhatIf
        Remove-VeloCloudProfile Mine -WhatIf
        Add-VeloCloudFirewallRule -Profile Mine x -Action Deny -WhatIf -WarningAction SilentlyContinue
        Remove-VeloCloudFirewallRule -Profile Mine AllowAny -WhatIf
        New-VeloCloudObjectGroup x -Address 192.0.2.1 -WhatIf
        $group | Set-VeloCloudObjectGroup -Description y -WhatIf
        $group | Remove-VeloCloudObjectGroup -WhatIf
        $setting | Set-VeloCloudDeviceSetting -WhatIf
        Set-VeloCloudDeviceSetting Mine -Patch @{ op = 'remove'; path = '/ntp' } -WhatIf
        Get-Change | Should -BeNullOrEmpty
    }

    It 'does not write over somebody else''s change' {
        $mine = Get-VeloCloudConfigurationModule -Profile Mine firewall
        $other = Get-VeloCloudConfigurationModule -Profile Mine firewall
        $other.Data.inboundLoggingEnabled = $true
        $other | Set-VeloCloudConfigurationModule
        $mine.Data.firewall_enabled = $false
        Clear-Log
        $mine | Set-VeloCloudConfigurationModule -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Conflict,*'
        $failed.Exception.Message | Should -BeLike "*firewall of profile 'Mine'*somebody changed it*Nothing was written*"
        Get-Change | Should -BeNullOrEmpty
        (Get-VeloCloudConfigurationModule -Profile Mine firewall).Data.inboundLoggingEnabled | Should -BeTrue
    }

    It 'does not write over a change of device settings or of an object group' {
        $mine = Get-VeloCloudDeviceSetting Mine
        $null = Set-VeloCloudDeviceSetting Mine -Patch @{ op = 'replace'; path = '/radioSettings/country'; value = 'FR' } -Wait
        $mine.Data.ntp.enabled = $false
        Clear-Log
        $mine | Set-VeloCloudDeviceSetting -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Conflict,*'
        Get-Change | Should -BeNullOrEmpty

        $group = New-VeloCloudObjectGroup Shared -Address 192.0.2.1
        $null = $group | Set-VeloCloudObjectGroup -Address 192.0.2.9
        Clear-Log
        $group | Set-VeloCloudObjectGroup -Description mine -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Conflict,*'
        Get-Change | Should -BeNullOrEmpty
        Remove-VeloCloudObjectGroup Shared -Confirm:$false
    }

    It 'keeps what it does not know: numbers to the digit, members that PowerShell cannot have' {
        $data = '{"large":123456789012345678901234567890,"exact":0.1000000000000000055511151231257827,"huge":1e400,"two":2.50,"Case":1,"case":{"a":null},"":"no name","list":[{"x":1.10},{"x":2}],"text":"ä \"q\" \u00e9","at":"2024-08-05T07:58:52.633Z"}'
        Set-VeloCloudConfigurationModule -Profile Mine metaData -Data $data
        $read = Get-VeloCloudConfigurationModule -Profile Mine metaData
        $read.Data.two | Should -Be 2.5
        $read.Data.at | Should -BeOfType string
        $read.Data.list[1].x = 3
        $read.Data.list = @([pscustomobject]@{ x = 0 }) + $read.Data.list
        $read | Set-VeloCloudConfigurationModule
        $raw = (Get-VeloCloudConfigurationModule -Profile Mine metaData).DataJson()
        foreach ($part in '"large":123456789012345678901234567890', '"exact":0.1000000000000000055511151231257827', '"huge":1e400', '"two":2.50', '"Case":1', '"case":{"a":null}', '"":"no name"') {
            $raw | Should -BeLikeExactly "*$part*"
        }
        $raw | Should -BeLike '*[[]{"x":0},{"x":1.10},{"x":3}]*'
        (Get-VeloCloudConfigurationModule -Profile Mine metaData).Data.text | Should -BeExactly "ä `"q`" é"
    }

    It 'sends nothing when nothing is different' {
        $module = Get-VeloCloudConfigurationModule -Profile Mine firewall
        Clear-Log
        $module | Set-VeloCloudConfigurationModule
        Get-Call | Should -BeNullOrEmpty
    }

    It 'sends a change once, and says so when its answer is lost' {
        $module = Get-VeloCloudConfigurationModule -Profile Mine firewall
        $module.Data.firewall_enabled = -not $module.Data.firewall_enabled
        Clear-Log
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud LostAnswer -Path */updateConfigurationModule -Count 1
        $module | Set-VeloCloudConfigurationModule -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.OutcomeUnknown,*'
        $failed.ErrorDetails.Message | Should -BeLike '*Get-VeloCloudConfigurationModule*'
        Get-Change | Should -Be 'configuration/updateConfigurationModule'
        Clear-OrchestratorSimulatorFault -Simulator $simulator
    }

    It 'takes data that are no object for what they are' {
        Set-VeloCloudConfigurationModule -Profile Mine WAN -Data '[1]' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.BadParameter,*'
        Set-VeloCloudConfigurationModule -Profile Mine WAN -Data '{' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike '*no JSON*'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses an ambiguous rule, and removes the one that is piped' {
        $null = New-TestProfile Twins
        $module = Get-VeloCloudConfigurationModule -Profile Twins firewall
        $module.Data.segments[0].outbound[0].name = 'ALLOWANY'
        $module | Set-VeloCloudConfigurationModule
        Clear-Log
        Remove-VeloCloudFirewallRule -Profile Twins AllowAny -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Ambiguous,*'
        $failed.Exception.Message | Should -BeLike "*position 1, segment 'Global Segment' position 2*"
        Add-VeloCloudFirewallRule -Profile Twins allowany -Action Deny -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Conflict,*'
        Add-VeloCloudFirewallRule -Profile Twins other -Action Deny -Before AllowAny -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Ambiguous,*'
        Get-Change | Should -BeNullOrEmpty
        Get-VeloCloudFirewallRule -Profile Twins | Where-Object Position -EQ 1 | Remove-VeloCloudFirewallRule -Confirm:$false
        (Get-VeloCloudFirewallRule -Profile Twins).Action | Should -Be allow
    }

    It 'puts a rule where it is said, and warns of one without effect' {
        $null = New-TestProfile Order
        Add-VeloCloudFirewallRule -Profile Order last -Action Deny -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike "*'last'*no effect*'AllowAny' at position 2*"
        Add-VeloCloudFirewallRule -Profile Order before -Action Deny -Before AllowAny
        Add-VeloCloudFirewallRule -Profile Order after -Action Deny -After 'no telnet'
        Add-VeloCloudFirewallRule -Profile Order third -Action Deny -Position 3 -Segment 0
        (Get-VeloCloudFirewallRule -Profile Order).Name | Should -Be 'No telnet', 'after', 'third', 'before', 'AllowAny', 'last'
        Clear-Log
        Add-VeloCloudFirewallRule -Profile Order far -Action Deny -Position 8 -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike '*has 6 rules; the last place is 7*'
        Add-VeloCloudFirewallRule -Profile Order far -Action Deny -Segment nowhere -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike "*no such segment; it has 'Global Segment'*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says that a piped rule was changed since' {
        $null = New-TestProfile Old
        $rule = Get-VeloCloudFirewallRule -Profile Old AllowAny
        $module = Get-VeloCloudConfigurationModule -Profile Old firewall
        $module.Data.segments[0].outbound[1].loggingEnabled = $true
        $module | Set-VeloCloudConfigurationModule
        Clear-Log
        $rule | Remove-VeloCloudFirewallRule -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Conflict,*'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'finds a wrong value before anything is sent: <Because>' -ForEach @(
        @{ Because = 'a net with bits beyond its prefix'; With = @{ Source = '10.1.2.3/8' } }
        @{ Because = 'no address'; With = @{ Destination = '10.1' } }
        @{ Because = 'IPv6'; With = @{ Source = '2001:db8::1' } }
        @{ Because = 'no port'; With = @{ DestinationPort = '70000'; Protocol = 'tcp' } }
        @{ Because = 'a range that ends before it begins'; With = @{ DestinationPort = '90-80'; Protocol = 'tcp' } }
        @{ Because = 'ports without a protocol that has them'; With = @{ DestinationPort = '80' } }
        @{ Because = 'no protocol'; With = @{ Protocol = 'tpc' } }
        @{ Because = 'a place twice'; With = @{ Position = 1; Before = 'AllowAny' } }
        @{ Because = 'an address and a group'; With = @{ Source = '10.0.0.1'; SourceGroup = 'RFC 1918' } }
    ) {
        { Add-VeloCloudFirewallRule -Profile Mine x -Action Deny @With } | Should -Throw -ErrorId 'VeloCloud.BadParameter,*'
        Get-Call | Should -BeNullOrEmpty
    }

    It 'wants a group of the right kind' {
        Add-VeloCloudFirewallRule -Profile Mine x -Action Deny -Position 1 -SourceGroup 'Web "ports"' -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike "*-SourceGroup*port_group; a address_group is needed*"
        Add-VeloCloudFirewallRule -Profile Mine x -Action Deny -Position 1 -Protocol tcp -DestinationPortGroup nope -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'does not remove a group that a rule names, and passes on why' {
        $group = New-VeloCloudObjectGroup Used -Address 192.0.2.7
        Add-VeloCloudFirewallRule -Profile Mine 'uses it' -Action Deny -DestinationGroup Used -Position 1
        $group | Remove-VeloCloudObjectGroup -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike '*Used is in use*'
        Remove-VeloCloudFirewallRule -Profile Mine 'uses it' -Confirm:$false
        $group | Remove-VeloCloudObjectGroup -Confirm:$false
        (Get-VeloCloudObjectGroup).Name | Should -Not -Contain Used
    }

    It 'checks groups before they are sent' {
        { New-VeloCloudObjectGroup x -Address 192.0.2.1, 300.1.1.1 } | Should -Throw "*'300.1.1.1'*"
        { New-VeloCloudObjectGroup x -Port 443 } | Should -Throw "*'443'*tcp/443*"
        { Set-VeloCloudObjectGroup 'RFC 1918' } | Should -Throw '*nothing to change*'
        Set-VeloCloudObjectGroup 'RFC 1918' -Port tcp/1 -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike '*is a address_group*'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'checks a patch before it is sent: <Wrong>' -ForEach @(
        @{ Wrong = "op 'test'"; Patch = @{ op = 'test'; path = '/ntp' } }
        @{ Wrong = 'does not begin with a slash'; Patch = @{ op = 'remove'; path = 'ntp' } }
        @{ Wrong = 'replace needs a value'; Patch = @{ op = 'replace'; path = '/ntp' } }
        @{ Wrong = 'a move needs from'; Patch = @{ op = 'move'; path = '/ntp' } }
    ) {
        { Set-VeloCloudDeviceSetting Mine -Patch $Patch } | Should -Throw "*change 1: *$Wrong*"
        Get-Call | Should -BeNullOrEmpty
    }

    It 'says how a change of device settings failed' {
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/settings' @{ failAsync = $true }
        try {
            Set-VeloCloudDeviceSetting Mine -Patch @{ op = 'remove'; path = '/ntp' } -Wait -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Failed,*'
            $failed.Exception.Message | Should -BeLike '*The edge did not take the change*'
        }
        finally {
            $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/settings' @{ failAsync = $false }
        }
        (Get-VeloCloudDeviceSetting Mine).Data.ntp | Should -Not -BeNullOrEmpty
    }

    It 'waits no longer than -Timeout' {
        $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/settings' @{ asyncSeconds = 600 }
        try {
            Set-VeloCloudDeviceSetting Mine -Patch @{ op = 'add'; path = '/ntp/late'; value = 1 } -Wait -Timeout 1 -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.Timeout,*'
        }
        finally {
            $null = Invoke-SimulatorCommand $simulator 'systems/veloCloud/settings' @{ asyncSeconds = 1 }
        }
    }

    It 'names what is not there' {
        Get-VeloCloudProfile nope -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
        Get-VeloCloudConfigurationModule -Profile nope -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike "-Profile 'nope': there is no such profile*"
        Remove-VeloCloudFirewallRule -Profile Mine nope -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
        Get-VeloCloudObjectGroup nope -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
        Get-VeloCloudObjectGroup -Id 999999 -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
    }

    It 'keeps an object to the server that it came from' {
        $module = Get-VeloCloudConfigurationModule -Profile Mine firewall
        $null = Connect-Tier operator
        $module | Set-VeloCloudConfigurationModule -Connection operator -Data @{} -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.ConnectionMismatch,*'
        Get-Change | Should -BeNullOrEmpty
        Disconnect-VeloCloud operator
    }

    It 'completes profiles, modules, groups and protocols' {
        (Get-Completion 'Get-VeloCloudConfigurationModule -Profile Hub').CompletionText | Should -Be "'Hubs & `"Data Centers`"'"
        (Get-Completion 'Get-VeloCloudConfigurationModule dev').CompletionText | Should -Be deviceSettings
        (Get-Completion 'Remove-VeloCloudObjectGroup rf').CompletionText | Should -Be "'RFC 1918'"
        (Get-Completion 'Add-VeloCloudFirewallRule x Branches -Action Deny -Protocol u').CompletionText | Should -Be UDP
        (Get-Completion 'Remove-VeloCloudProfile Qui').CompletionText | Should -Be "'Quick Start Profile'"
    }

    It 'shows a table that tells apart what it lists' {
        Get-VeloCloudFirewallRule -Profile Branches | Out-String -Width 120 | Should -BeLike '*Branches*Global Segment*1 No telnet*deny*TCP*any*any : 23*'
        Get-VeloCloudObjectGroup | Out-String -Width 120 | Should -BeLike '*RFC 1918*10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16*'
    }
}
